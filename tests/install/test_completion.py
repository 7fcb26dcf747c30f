"""Each shell is asked what it offers, as a user would who presses the tabulator; the option tables
as `--help` prints them say what must come. A shell that is not installed is skipped."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ["CFAUDIT"]
LIMIT = 60  # seconds


def told(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=True).stdout


def names(which):
    return [line.split()[0] for line in told("list", which).splitlines()]


def options(*command):
    """Long names and letters, from the help."""
    text = told(*command, "--help")
    return (["--" + name for name in re.findall(r"^  (?:-\w, |    )--([a-z-]+)", text, re.M)] +
            ["-" + letter for letter in re.findall(r"^  -(\w), --", text, re.M)])


def questions():
    """(words after the program, the last one unfinished; what must be offered; what must not)."""
    commands = names("commands")
    yield [""], commands, ["tickets.csv"]
    yield ["me"], ["measure"], ["list"]
    yield ["--"], ["--version", "--help", "--completion"], ["--map"]
    yield ["--completion", ""], ["bash", "zsh", "fish"], ["tickets.csv"]
    for command in commands:
        wanted = [name for name in options(command) if name.startswith("--")]
        yield [command, "--"], wanted, ["tickets.csv"]
    yield ["list", "m"], ["measures", "maps", "models"], ["rules"]
    yield ["measure", "--map", ""], names("maps") + ["tickets.csv"], ["M-03"]
    yield ["measure", "--map", "gen"], ["generic-ticket"], ["xes", "tickets.csv"]
    yield ["measure", "--calendar", "it"], ["it-office"], ["fr-office"]
    yield ["measure", "--by", "pri"], ["priority"], ["ticket.priority"]
    yield ["measure", "M-"], names("measures"), ["tickets.csv"]
    yield ["measure", "M-03", "tick"], ["tickets.csv"], ["M-03"]
    yield ["measure", "--lang", ""], ["en", "it"], ["tickets.csv"]
    yield ["measure", "--data", ""], ["folder/"], ["tickets.csv"]
    yield ["measure", "--zone", ""], [], ["tickets.csv", "M-03"]
    yield ["run", "--format", ""], names("formats"), ["tickets.csv"]
    for option in ("--format", "-f"):
        yield (["validate", option, ""],
               ["text", "json", "sarif", "junit", "github", "markdown", "auto"],
               ["xlsx", "csv", "html", "tickets.csv"])
    yield ["run", ""], ["audit.xml"], []
    yield ["explain", "record-n"], ["record-no-id", "record-no-zone"], ["M-03"]
    yield ["explain", "M-0"], ["M-03"], ["M-11"]


def after_the_sign():
    """--option=value in one word."""
    yield ["measure", "--map=gen"], ["generic-ticket"], ["xes"]
    yield ["measure", "--lang="], ["en", "it"], []


# --- bash ---

def bash_words(words):
    """What bash makes of them: parted at the sign."""
    for word in words:
        name, sign, value = word.partition("=")
        if word.startswith("--") and sign:
            yield from (name, sign) if not value else (name, sign, value)
        else:
            yield word


def ask_bash(script, folder, words):
    line = ["cfaudit", *bash_words(words)]
    program = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _cfaudit; '
               'for i in "${!COMPREPLY[@]}"; do printf "%s\\n" "${COMPREPLY[i]}"; done')
    ended = subprocess.run(["bash", "--norc", "-c", program, "bash", script, *line], cwd=folder,
                           env=surroundings(folder), capture_output=True, text=True, timeout=LIMIT,
                           check=False)
    offers = ended.stdout.splitlines()
    # bash itself puts the sign behind folders
    offers = [name + "/" if os.path.isdir(os.path.join(folder, name)) else name for name in offers]
    return offers, ended.stderr


# --- fish ---

def ask_fish(script, folder, words):
    line = " ".join(["cfaudit", *words])
    ended = subprocess.run(["fish", "--no-config", "-c", 'source "%s"; complete -C "%s"' % (script, line)],
                           cwd=folder, env=surroundings(folder), capture_output=True, text=True,
                           timeout=LIMIT, check=False)
    offers = [text.split("\t")[0] for text in ended.stdout.splitlines()]
    return [re.sub(r"^--[a-z-]+=", "", name) if "=" in words[-1] else name for name in offers], ended.stderr


# --- zsh, which completes nowhere but on a terminal ---

ZSH = r"""
PS1=; unsetopt beep zle_bracketed_paste; stty -echo
autoload -Uz compinit; compinit -u -D
source %s
compadd() {
    local -a hits
    builtin compadd -A hits "$@"
    (( $#hits )) && print -rl -- "${hits[@]/#/hit:}" >>$HITS
    builtin compadd "$@"
}
report() { _main_complete; compstate[list]=; compstate[insert]=; print asked >>$HITS }
zle -C report complete-word report
bindkey '^T' report
print ready; print ready >$HITS
"""


class Zsh:
    """One session; every question clears the line before."""

    def __init__(self, script, folder):
        self.hits = os.path.join(folder, ".hits")
        start = os.path.join(folder, ".start.zsh")
        with open(start, "w", encoding="utf-8") as file:
            file.write(ZSH % script)
        environment = dict(surroundings(folder), HITS=self.hits, TERM="dumb", HOME=folder)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execvpe("zsh", ["zsh", "-f", "-i"], environment)
        self.send("source %s\n" % start)
        self.wait(lambda text: "ready" in text)

    def send(self, text):
        os.write(self.terminal, text.encode())

    def wait(self, done):
        end = time.monotonic() + LIMIT
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.02)[0]:
                os.read(self.terminal, 65536)
            if os.path.exists(self.hits):
                with open(self.hits, encoding="utf-8") as file:
                    text = file.read()
                if done(text):
                    return text
        raise TimeoutError("zsh does not answer")

    def ask(self, words):
        open(self.hits, "w", encoding="utf-8").close()
        self.send("\x15" + " ".join(["cfaudit", *words]) + "\x14")
        # with keys waiting it would give up
        text = self.wait(lambda text: text.endswith("asked\n"))
        return [line[4:] for line in text.splitlines() if line.startswith("hit:")]


def surroundings(folder):
    return {"PATH": os.path.dirname(PROGRAM) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "HOME": folder, "TMPDIR": folder}


def difference(words, wanted, unwanted, offers, noise):
    missing = [name for name in wanted if name not in offers and name.rstrip("/") not in offers]
    extra = [name for name in unwanted if name in offers]
    if missing or extra or noise:
        return "%s: missing %s, too much %s, of %s %s" % (words, missing[:5], extra, offers[:9], noise)
    return ""


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tickets.csv", "audit.xml"):
            open(os.path.join(folder, name), "w", encoding="utf-8").close()
        os.mkdir(os.path.join(folder, "folder"))
        if os.path.basename(PROGRAM) != "cfaudit":
            print("ok - completion # SKIP the program goes by another name")
            return 0
        for shell in ("bash", "zsh", "fish"):
            title = "what %s offers" % shell
            if not shutil.which(shell):
                print("ok - %s # SKIP %s is not installed" % (title, shell))
                continue
            script = os.path.join(folder, ".completion." + shell)
            with open(script, "w", encoding="utf-8") as file:
                file.write(told("--completion", shell))
            if shell == "zsh":
                session = Zsh(script, folder)
                ask = lambda words: (session.ask(words), "")
            else:
                ask = {"bash": lambda words: ask_bash(script, folder, words),
                       "fish": lambda words: ask_fish(script, folder, words)}[shell]
            troubles = [difference(words, wanted, unwanted, *ask(words))
                        for words, wanted, unwanted in [*questions(), *after_the_sign()]]
            troubles = [text for text in troubles if text]
            print("%s - %s" % ("not ok" if troubles else "ok", title))
            for text in troubles:
                print("# " + text)
            failed |= bool(troubles)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
