"""How each published log is read: by a map that is shipped, or by rules of its own.

A pattern is written so that PCRE2 and POSIX extended expressions mean the same by it; what is counted
by the program is counted by grep with the names taken out. No line is taken by two patterns of a file.
"""

# Shipped maps: what a line of theirs looks like.
SYSLOG = (r"^[A-Z][a-z][a-z] [ 0-9][0-9] [0-9:.]+ "
          r"([^ ]+ [^]: []+(\[[0-9]+\])?:|--- last message repeated [0-9]+ times)")
ACCESS = r'^[^ ]+ [^ ]+ [^ ]+ \[[0-9]+/[A-Z][a-z][a-z]/[0-9: +-]+\] "'
SHIPPED = {
    "access/apache_combined_10k.log.gz": ("apache-access", ACCESS),
    "lnav/logfile_access_log.0": ("apache-access", ACCESS),
    "lnav/logfile_bad_access_log.0": ("apache-access", ACCESS),
    "lnav/logfile_shop_access_log.0.gz": ("apache-access", ACCESS),
    "lnav/logfile_blued.0": ("syslog", SYSLOG),
    "lnav/logfile_filter.0": ("syslog", SYSLOG),
    "lnav/logfile_for_join.0": ("syslog", SYSLOG),
    "lnav/logfile_pretty.0": ("syslog", SYSLOG),
    "lnav/logfile_syslog.0": ("syslog", SYSLOG),
    "lnav/logfile_syslog.2": ("syslog", SYSLOG),
    "lnav/logfile_syslog_with_access_log.0": ("syslog", SYSLOG),
    "lnav/logfile_syslog_with_mixed_times.0": ("syslog", SYSLOG),
    "syslog/auth.log.gz": ("syslog", SYSLOG),
}

# Shipped maps that refuse a file as a whole, by which rule.
REFUSED = {
    "lnav/logfile_rollover.2": ("syslog", "year-late"),  # more turns of the year than years
}

# What the program has to be told.
OPTIONS = {"lnav/UTF-8-test.txt": ("--encoding", "utf-8")}

KAFKA = ("%Y-%m-%d %H:%M:%S,%f",
         [r"^\[(?<time>[^]]+)\] %s " % level for level in ("TRACE", "DEBUG", "INFO", "WARN", "ERROR")])
COLONS = ("%Y-%m-%d %H:%M:%S,%f", [r"^(?<time>[0-9-]+ [0-9:,]+):%s:" % level
                                   for level in ("DEBUG", "WARN", "INFO", "ERROR")])
POSTGRES = (None, [r"^[0-9-]+ [0-9:.]+ [A-Z]+ \[(?<process>[0-9]+)\] (?<level>%s):" % level for level in (
    "LOG", "ERROR", "DETAIL", "CONTEXT", "STATEMENT", "FATAL", "WARNING", "HINT", "NOTICE")])
COMPOSE = (None, [r"(?<service>web-1) +\|", r"(?<service>[a-z]+-[2-9]) +\|"])
W3C = (None, [r"^#(?<directive>Fields|Date|Version|Software): ",
              r"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[ \t](?<clock>[0-9:]+)[ \t]",
              r'^"[^"]*"[ \t]', r"^[0-9]{2}:[0-9]{2}:[0-9]{2} "])
# Lines that say how another line was cut up: the line itself, and its words and numbers.
ANNOTATED = (None, [r"^ {13}(?<line>[^ ])", r"^ *key +(?<from>[0-9]+):(?<to>[0-9]+) ",
                    r"^word +(?<from>[0-9]+):(?<to>[0-9]+) ", r"^ *num +(?<from>[0-9]+):",
                    r"^msg +: ", r"^format +:"])

# of the time that they capture and the patterns
RULES = {
    "app-kafka/kafka0_controller.log.2016-12-19-20.txt.gz": KAFKA,
    "app-kafka/kafka0_server.log.2016-12-19-16.txt.gz": KAFKA,
    "app-kafka/kafka0_server.log.2016-12-19-18.txt.gz": KAFKA,
    "app-kafka/kafka0_state-change.log.txt.gz": KAFKA,
    "lnav/UTF-8-test.txt": (None, [r"^(?<chapter>[0-9])  ", r"^[0-9]\.(?<section>[0-9]+)  ",
                                   r"^(?<line>[0-9]\.[0-9]\.[0-9]+)  ", r"^Here come "]),
    "lnav/datafile_syslog.0": ANNOTATED,
    "lnav/logfile_ansi.0": ("iso", [r"^(?<time>[0-9-]+T[0-9:]+) "]),
    "lnav/logfile_block.1": (None, [r"^[A-Z][a-z][a-z] (?<month>[A-Z][a-z][a-z]) ", r"^/"]),
    "lnav/logfile_bro_http.log.0.gz": (
        "%s.%f", [r"^(?<time>[0-9]+\.[0-9]+)\t[^\t]+\t[0-9.]+\t", r"^#(?<directive>[a-z_]+)[ \t]"]),
    "lnav/logfile_caddy_log.0": (None, [r'\| \{"level":"(?<level>info)"', r'\| \{"level":"(?<level>warn)"',
                                        r'\| \{"level":"(?<level>error)"']),
    "lnav/logfile_crlf.0": COLONS,
    "lnav/logfile_docker_compose.0": COMPOSE,
    "lnav/logfile_docker_compose_with_ts.0": COMPOSE,
    "lnav/logfile_epoch.0": ("%Q", [r"^(?<time>[0-9]{13}) "]),
    "lnav/logfile_generic.0": COLONS,
    "lnav/logfile_generic.2": ("iso", [r"^(?<time>[^ ]+) err "]),
    "lnav/logfile_generic_with_header.0": (
        "%Y-%m-%d %H:%M:%S,%f", COLONS[1] + [r"^Header(?<number>[0-9]): "]),
    "lnav/logfile_grafana.0": ("iso", [r" t=(?<time>[^ ]+) level=info ",
                                       r" t=(?<time>[^ ]+) level=error "]),
    "lnav/logfile_invalid_tz.0": (None, [r"^[0-9T:.-]+FOO err (?<program>[a-z]+) "]),
    "lnav/logfile_java.0": ("%Y-%m-%dT%H:%M:%S,%f", [r"^(?<time>[^ ]+) INFO +\[",
                                                    r"^(?<time>[^ ]+) WARN +\[",
                                                    r"^(?<time>[^ ]+) ERROR +\["]),
    "lnav/logfile_laravel.0.gz": ("%Y-%m-%d %H:%M:%S", [
        r"^\[(?<time>[0-9-]+ [0-9:]+)\] local\.ERROR: ", r"^\[(?<time>[0-9-]+ [0-9:]+)\] local\.INFO: ",
        r"^#(?<frame>[0-9]+) ", r"^\[stacktrace\]"]),
    "lnav/logfile_logfmt.0": ("iso", [r'^time="(?<time>[^"]+)" level=error ',
                                      r'^time="(?<time>[^"]+)" level=warning ',
                                      r'^time="(?<time>[^"]+)" level=info ']),
    "lnav/logfile_mux_zookeeper.0": ("iso", [r"^(?<time>[^ ]+) source="]),
    "lnav/logfile_mysql_error.0": ("iso", [r"^(?<time>[^ ]+) [0-9]+ \[Note\]",
                                           r"^(?<time>[^ ]+) [0-9]+ \[Warning\]",
                                           r"^(?<time>[^ ]+) [0-9]+ \[ERROR\]"]),
    "lnav/logfile_mysql_slow.0": ("iso", [r"^# Time: (?<time>[^ ]+)$", r"^# User@Host: ",
                                          r"^SET timestamp=[0-9]+;$", r"^# Query_time: (?<spent>[0-9.]+) "]),
    "lnav/logfile_postgres.0": POSTGRES,
    "lnav/logfile_postgres.2": POSTGRES,
    "lnav/logfile_regexp_access_log.0": (
        "%d/%b/%Y:%H:%M:%S %z", [r'\[(?<time>[0-9]+/[^]]+)\] "(?<method>GET|POST) ']),
    "lnav/logfile_rollover.0": (None, [r"^(?<clock>[0-9:.]+) foo DEBUG "]),
    "lnav/logfile_rollover.2": (None, [r"^Nov +3 [0-9:]+ [^ ]+ (?<program>automount)\[",
                                       r"^Feb +3 [0-9:]+ [^ ]+ (?<program>automount)\["]),
    "lnav/logfile_spark_dupe.0": (None, [  # years of two digits are no time
        r"^(?<day>[0-9/]+) [0-9:]+ INFO ", r"^(?<day>[0-9/]+) [0-9:]+ WARN ",
        r"^(?<day>[0-9/]+) [0-9:]+ ERROR "]),
    "lnav/logfile_strace_log.0": (None, [r"^[0-9:.]+ (?<call>[a-z_0-9]+)\(.*<(?<spent>[0-9.]+)>$"]),
    "lnav/logfile_strace_log.2": (None, [r"^[0-9]+ [0-9:.]+ (?<call>[a-z_0-9]+)\(.*\) += -1 ",
                                         r"^[0-9]+ [0-9:.]+ (?<call>[a-z_0-9]+)\(.*\) += 0 "]),
    "lnav/logfile_tcf.0": (None, [r"^TCF (?<clock>[0-9:.]+): channel ", r"^TCF [0-9:.]+: Server-",
                                  r"^TCF [0-9:.]+: [0-9]+: (?<way>-->|<--)"]),
    "lnav/logfile_tcsh_history.0": ("%s", [r"^#\+(?<time>[0-9]+)$", r"^\./"]),
    "lnav/logfile_uwsgi.0": ("%b %e %H:%M:%S %Y", [
        r"\} \[[A-Z][a-z][a-z] (?<time>[A-Z][^]]+)\] POST ", r"\} \[[A-Z][a-z][a-z] (?<time>[A-Z][^]]+)\] GET "]),
    "lnav/logfile_vdsm.0": ("%Y-%m-%d %H:%M:%S,%f", [
        r"^[A-Za-z0-9-]+::INFO::(?<time>[0-9-]+ [0-9:,]+)::",
        r"^[A-Za-z0-9-]+::ERROR::(?<time>[0-9-]+ [0-9:,]+)::"]),
    "lnav/logfile_vpxd.0": ("iso", [r"^(?<time>[^ ]+) info vpxd\[", r"^(?<time>[^ ]+) warning vpxd\[",
                                    r"^(?<time>[^ ]+) verbose vpxd\["]),
    "lnav/logfile_w3c.0": W3C,
    "lnav/logfile_w3c.2": W3C,
    "lnav/logfile_w3c.4": W3C,
    "lnav/logfile_w3c.6": W3C,
    "lnav/logfile_with_a_really_long_name_to_test_a_bug_with_long_names.0": (None, [r"^(?<word>[A-Z][a-z]+),"]),
    "lnav/logfile_xml_msg.0": ("%Y-%m-%d %H:%M:%S,%f", [
        r"^\[(?<time>[0-9-]+ [0-9:,]+)\] INFO ", r"^\[(?<time>[0-9-]+ [0-9:,]+)\] DEBUG ",
        r"^ *<(?<element>[a-zA-Z:]+)"]),
    "lnav/logfile_zap_console.0": ("iso", [r"^(?<time>[^\t]+)\tinfo\t", r"^(?<time>[^\t]+)\terror\t",
                                           r"^(?<function>go\.opentelemetry)"]),
}
SAMPLES = """057d6c669632ef9d07b6adec605f6bdeae19af27 0a470b1dae069dda03984e8e67994d8a
1aeb47c0a97d19bb7418f0172480e05e49c6e53e 27353a72ba4025448f261dcfa6ea16e474187795
3856ad0f551a04fde41a020158d6b33ef97c870a 500c9e492e04f5f58862c8086ca301de0dd976ce
5cbaeeb96f1f0c11a93656107801efc3 62315d884afdc4155b35f905415c74bfcfd39fc2
67484ecc8091237a27f12863d36b4d03 8a6527cdf27015a0204702430b6eca09
9cf7fbb3546c676c686fac0ed096d026f46c875f aca2878a2e50779c6697c0747ab1f60e4b368dcb
bc6f6cf689fa5455616b4d9fbe121a48d3c9de59 c15acd32844669d23d0cbc88ec548129ed2c592e
d0d6b3fc6766caac5ac3fac4a3754ceaab785eb8 d714b5e8cd354321f376ed1c0a70ec9a2f58076d
e779d1771e34f5203ae73e85802e78002be63db6 eef32793daf841a576d8a5cd27239d5d
f5afbee90a8c054061c4e9ffe673293cce7761de fc8923633e57bacd641d80dde3ff878212230552"""
RULES.update(("lnav/sample-%s.txt" % name, ANNOTATED) for name in SAMPLES.split())

# Entries of several lines, and the pattern of the lines that begin one.
ENTRIES = {
    "app-kafka/kafka0_server.log.2016-12-19-16.txt.gz": r"^\[[0-9]{4}-",
    "lnav/logfile_laravel.0.gz": r"^\[[0-9]{4}-",
    "lnav/logfile_mysql_slow.0": r"^# Time: ",
    "lnav/logfile_vdsm.0": r"^[A-Za-z0-9-]+::[A-Z]+::",
}
