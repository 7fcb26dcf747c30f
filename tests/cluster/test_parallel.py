"""GNU parallel over ssh on two hosts that are this machine; one worker is killed half way."""

import os
import subprocess
import sys
import tempfile
import time

import cluster_case

NAME = "parallel over ssh"


def start_sshd(folder, port):
    ssh = os.path.join(folder, "ssh")
    os.mkdir(ssh, 0o700)
    for key in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                        os.path.join(ssh, key)], check=True)
    os.rename(os.path.join(ssh, "user.pub"), os.path.join(ssh, "authorized"))
    config = os.path.join(ssh, "sshd_config")
    with open(config, "w", encoding="utf-8") as out:
        out.write("Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nPidFile %s/pid\n"
                  "AuthorizedKeysFile %s/authorized\nStrictModes no\nUsePAM no\n"
                  "PasswordAuthentication no\nPermitRootLogin yes\nMaxStartups 50\n"
                  % (port, ssh, ssh, ssh))
    os.makedirs("/run/sshd", exist_ok=True)
    child = subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", config, "-E",
                              os.path.join(ssh, "log")])
    client = ("ssh -p %d -i %s/user -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null "
              "-o LogLevel=ERROR -o IdentitiesOnly=yes" % (port, ssh))
    for _ in range(50):
        if subprocess.run(client.split() + ["127.0.0.1", "true"], check=False,
                          capture_output=True).returncode == 0:
            return child, client
        time.sleep(0.1)
    child.terminate()
    child.wait()
    with open(os.path.join(ssh, "log"), encoding="utf-8") as log:
        raise RuntimeError("sshd: " + log.read()[-500:])


def run(folder):
    child, client = start_sshd(folder, cluster_case.free_port())
    try:
        with open(os.path.join(folder, "files"), encoding="utf-8") as files:
            count = len(files.readlines())
        home = os.path.join(folder, "home")
        os.mkdir(home)
        done = subprocess.run(
            ["parallel", "--will-cite", "--ssh", client, "-S", "2/127.0.0.1,2/localhost",
             "--retries", "3", "--joblog", os.path.join(folder, "jobs.log"),
             os.path.join(folder, "worker.sh"), ":::"] + [str(i + 1) for i in range(count)],
            capture_output=True, check=False, env=dict(os.environ, HOME=home, SHELL="/bin/sh"))
    finally:
        child.terminate()
        child.wait()
    if done.returncode != 0:
        return ["parallel: %d: %s" % (done.returncode, done.stderr.decode()[-600:])]
    parts = sorted(os.listdir(os.path.join(folder, "parts")))
    if len(parts) != count:
        return ["%d parts of %d: %s" % (len(parts), count, " ".join(parts))]
    subprocess.run([os.environ["CFAUDIT"], "merge", "-q", "-o", "joined.xml"] +
                   ["parts/" + name for name in parts], cwd=folder, check=False,
                   stderr=subprocess.DEVNULL)
    return []


def main():
    lacking = cluster_case.missing("parallel", "ssh", "ssh-keygen", "sshd")
    if lacking:
        return cluster_case.skip(NAME, "not installed: " + " ".join(lacking))
    with tempfile.TemporaryDirectory() as folder:
        cluster_case.make(folder)
        try:
            found = run(folder)
        except RuntimeError as error:
            found = [str(error)]
        return cluster_case.tell(NAME, found or cluster_case.troubles(folder))


if __name__ == "__main__":
    sys.exit(main())
