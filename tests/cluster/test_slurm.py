"""A Slurm array with a dependent merge, on a cluster of this machine; one task is killed half way."""

import os
import subprocess
import sys
import tempfile
import time

import cluster_case

NAME = "slurm array"
PATIENCE = 200

CONFIG = """ClusterName=cfaudit
SlurmctldHost=%(host)s(127.0.0.1)
SlurmctldPort=%(port)d
SlurmdPort=%(port_d)d
AuthType=auth/munge
AuthInfo=socket=%(folder)s/munge.socket,cred_expire=5
CredType=cred/munge
SlurmUser=%(user)s
SlurmdUser=%(user)s
StateSaveLocation=%(folder)s/state
SlurmdSpoolDir=%(folder)s/spool
SlurmctldPidFile=%(folder)s/slurmctld.pid
SlurmdPidFile=%(folder)s/slurmd.pid
SlurmctldLogFile=%(folder)s/slurmctld.log
SlurmdLogFile=%(folder)s/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
KillWait=5
NodeName=%(host)s NodeAddr=127.0.0.1 CPUs=%(processors)d State=UNKNOWN
PartitionName=all Nodes=%(host)s Default=YES MaxTime=INFINITE State=UP
"""

MAP = """#!/bin/sh
#SBATCH --array=1-%(count)d
#SBATCH --requeue
#SBATCH --output=%(folder)s/map-%%a.log
'%(folder)s/worker.sh' "$SLURM_ARRAY_TASK_ID" ||
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
"""

REDUCE = """#!/bin/sh
#SBATCH --output=%(folder)s/reduce.log
cd '%(folder)s' && '%(program)s' merge parts/*.cfap -q -o joined.xml
"""


class Cluster:
    """munged, slurmctld and slurmd of our own, in a folder of their own."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "slurm")
        for name in ("", "state", "spool"):
            os.makedirs(os.path.join(self.folder, name), mode=0o755, exist_ok=True)
        self.children = []
        self.env = dict(os.environ, SLURM_CONF=os.path.join(self.folder, "slurm.conf"),
                        PATH=os.environ["PATH"] + ":/usr/sbin:/sbin")
        host = os.uname().nodename.split(".")[0]
        with open(self.env["SLURM_CONF"], "w", encoding="utf-8") as out:
            out.write(CONFIG % {"folder": self.folder, "host": host, "user": "root",
                                "processors": os.cpu_count(),
                                "port": cluster_case.free_port(),
                                "port_d": cluster_case.free_port()})
        key = os.path.join(self.folder, "munge.key")
        with open(key, "wb") as out:
            out.write(os.urandom(128))
        os.chmod(key, 0o400)

    def start(self, *command):
        with open(os.path.join(self.folder, os.path.basename(command[0]) + ".out"), "wb") as out:
            self.children.append(subprocess.Popen(command, env=self.env, stdout=out, stderr=out))

    def up(self):
        at = self.folder
        self.start("munged", "-F", "-f", "--key-file=%s/munge.key" % at,
                   "--socket=%s/munge.socket" % at, "--pid-file=%s/munge.pid" % at,
                   "--log-file=%s/munge.log" % at, "--seed-file=%s/munge.seed" % at)
        self.wait_for(lambda: os.path.exists(at + "/munge.socket"), "munged")
        self.start("slurmctld", "-D", "-c", "-f", self.env["SLURM_CONF"])
        self.start("slurmd", "-D", "-c", "-f", self.env["SLURM_CONF"])
        self.wait_for(lambda: "idle" in self.run("sinfo", "-h", "-o", "%T"), "the node")

    def wait_for(self, holds, what, patience=30):
        end = time.monotonic() + patience
        while not holds():
            if time.monotonic() > end:
                raise RuntimeError("%s did not come: %s" % (what, self.logs()))
            time.sleep(0.5)

    def logs(self):
        text = ""
        for name in sorted(os.listdir(self.folder)):
            if name.endswith((".log", ".out")):
                with open(os.path.join(self.folder, name), encoding="utf-8",
                          errors="replace") as log:
                    text += "\n[%s] %s" % (name, log.read()[-400:])
        return text

    def run(self, *command):
        done = subprocess.run(command, env=self.env, capture_output=True, check=False, text=True)
        return done.stdout + (done.stderr if done.returncode else "")

    def down(self):
        for child in reversed(self.children):
            child.terminate()
        for child in self.children:
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def submit(cluster, folder, count):
    values = {"folder": folder, "count": count, "program": os.environ["CFAUDIT"]}
    for name, text in (("map.sh", MAP), ("reduce.sh", REDUCE)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text % values)
    array = cluster.run("sbatch", "--parsable", os.path.join(folder, "map.sh")).strip()
    reduce = cluster.run("sbatch", "--parsable", "--dependency=afterok:" + array,
                         os.path.join(folder, "reduce.sh")).strip()
    if not array.isdigit() or not reduce.isdigit():
        raise RuntimeError("sbatch: %s %s" % (array, reduce))
    cluster.wait_for(lambda: os.path.exists(os.path.join(folder, "joined.xml")) or
                     not cluster.run("squeue", "-h").strip(), "the merge", PATIENCE)
    cluster.wait_for(lambda: not cluster.run("squeue", "-h").strip(), "the end")


def main():
    lacking = cluster_case.missing("munged", "slurmctld", "slurmd", "sbatch")
    if lacking or os.getuid() != 0:
        return cluster_case.skip(NAME, "not installed: " + " ".join(lacking) if lacking
                                 else "daemons of slurm need root")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        names = cluster_case.make(folder)
        cluster = Cluster(folder)
        found = []
        try:
            cluster.up()
            submit(cluster, folder, len(names))
        except RuntimeError as error:
            found = str(error).splitlines()
        finally:
            cluster.down()
        return cluster_case.tell(NAME, found or cluster_case.troubles(folder))


if __name__ == "__main__":
    sys.exit(main())
