# Usage: spark-submit THIS.py --tables FOLDER --work FOLDER --out FOLDER [--resume] [--partitions N] [--format parquet|csv]
#
# Places are paths or URLs as Spark sees them. Each table of a round goes to WORK/<table>-<round>; WORK/STATE-0 and STATE-1, by turns, say which
# rounds are whole. A job that was broken off goes on behind its last whole round with --resume.
import argparse
import hashlib
import json
import sys

from pyspark.sql import SparkSession

STATE, COLUMN = "STATE", "state"

# What Spark says where a file is gone, or was not written to its end. All else says nothing of what is there.
NOTHING = ("PATH_NOT_FOUND", "UNABLE_TO_INFER_SCHEMA")
DAMAGED = ("FAILED_READ_FILE.FILE_NOT_EXIST", "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", "ChecksumException", "is not a Parquet file")


def digest(pieces):
    whole = "".join("%d %s\n" % (len(piece.encode()), piece) for piece in pieces)
    return hashlib.sha256(whole.encode()).hexdigest()


def is_not_whole(error):
    return isinstance(error, FileNotFoundError) or any(words in str(error) for words in NOTHING + DAMAGED)


class Job:
    def __init__(self, spark, work, tables):
        self.spark, self.work, self.tables = spark, work.rstrip("/"), tables.rstrip("/")

    def open(self, name, place):
        frame = self.spark.read.parquet(place)
        if not frame.columns:
            raise FileNotFoundError(place)
        frame.createOrReplaceTempView(name)

    def save(self, name, query, place):
        self.spark.sql(query).write.mode("overwrite").parquet(place)
        self.open(name, place)

    def one(self, query):
        return self.spark.sql(query).first()

    def count(self, round_):
        for table in round_["tables"]:
            table["rows"] = self.one("SELECT COUNT(*) AS n FROM " + table["name"])["n"]
        return round_

    def assign(self, assignments, round_):
        for at, (name, query) in enumerate(assignments):
            earlier = sum(1 for other, _ in assignments[:at] if other == name)
            again = "-%d" % (earlier + 1) if earlier else ""
            place = "%s/%s-%d%s" % (self.work, name, round_["number"], again)
            self.save(name, query, place)
            kept = {"name": name, "place": place, "rows": 0}
            round_["tables"] = [table for table in round_["tables"] if table["name"] != name] + [kept]

    def check(self):
        for query, expected, what in CHECKS:
            found = self.one(query)["n"]
            if found != expected:
                sys.exit("--tables: %d %s, expected %d: give the tables that this job was written from, or have it written anew" % (found, what, expected))

    def fingerprint(self, name):
        frame = self.spark.table(name)
        names = ["`%s`" % column.replace("`", "``") for column in frame.columns]
        columns = ", ".join("{0}, CASE WHEN {0} IS NULL THEN 1 ELSE 0 END".format(name) for name in names)
        row = self.one(
            "SELECT COUNT(*) AS n, bit_xor(xxhash64({0})) AS x,"
            " SUM(pmod(xxhash64({0}), CAST(1000003 AS BIGINT))) AS s FROM {1}".format(columns, name)
        )
        return "%s %s %s %s" % (frame.dtypes, row["n"], row["x"], row["s"])

    def write_state(self, state):
        frame = self.spark.createDataFrame([(json.dumps(state),)], COLUMN + " STRING")
        turn = state["last"]["number"] % 2
        frame.coalesce(1).write.mode("overwrite").parquet("%s/%s-%d" % (self.work, STATE, turn))

    def read_state(self):
        states, broken = [], False
        for turn in (0, 1):
            try:
                rows = self.spark.read.parquet("%s/%s-%d" % (self.work, STATE, turn)).collect()
                states += [json.loads(row[COLUMN]) for row in rows]
            except Exception as error:
                # No state, or one that was broken off: the other turn is whole.
                if not is_not_whole(error) and not isinstance(error, (TypeError, ValueError)):
                    raise
                broken = broken or not any(words in str(error) for words in NOTHING)
        if broken and not states:
            self.begin_anew()
        return max(states, key=lambda state: state["last"]["number"], default=None)

    def begin_anew(self):
        print("%s: no round that was kept is whole, so that it begins anew" % NAME, file=sys.stderr)

    def forget(self):
        for turn in (0, 1):
            frame = self.spark.createDataFrame([], COLUMN + " STRING")
            frame.write.mode("overwrite").parquet("%s/%s-%d" % (self.work, STATE, turn))

    def is_whole(self, round_):
        try:
            for table in round_["tables"]:
                self.open(table["name"], table["place"])
            counted = self.count(json.loads(json.dumps(round_)))
        except Exception as error:
            # A file is missing or damaged: the round is made again.
            if not is_not_whole(error):
                raise
            return False
        return counted == round_

    def take_up(self, wanted):
        found = self.read_state()
        if found is None:
            return None
        if (found["asked"], found["input"]) != (wanted["asked"], wanted["input"]):
            sys.exit(self.work + " holds the rounds of another job or of other tables; take another --work, or leave out --resume")
        for last, before in ((found["last"], found["before"]), (found["before"], None)):
            if last is not None and self.is_whole(last):
                return dict(wanted, last=last, before=before)
        self.begin_anew()
        return None

    def remove(self, place):
        # By the file system that Spark itself uses, be it a disk or a bucket. Where that is out of reach, old rounds stay.
        try:
            jvm, conf = self.spark._jvm, self.spark._jsparkSession.sessionState().newHadoopConf()
            path = jvm.org.apache.hadoop.fs.Path(place)
            path.getFileSystem(conf).delete(path, True)
        except Exception:
            pass

    def end(self, state, round_):
        gone, before = state["before"], state["last"]
        state["last"], state["before"] = self.count(round_), before
        self.write_state(state)
        kept = {table["place"] for one in (state["last"], before) if one for table in one["tables"]}
        for table in (gone or {"tables": []})["tables"]:
            if table["place"] not in kept:
                self.remove(table["place"])
        print("%s: round %d, %s still moving" % (NAME, round_["number"], round_["moved"]), file=sys.stderr)

    def run(self, resume):
        for name, folder in OPENS:
            self.open(name, self.tables + "/" + folder)
        for name, schema, rows in PUTS:
            self.spark.createDataFrame(rows, schema).write.mode("overwrite").parquet(self.work + "/put-" + name)
            self.open(name, self.work + "/put-" + name)
        self.check()
        for name, query in PREPARE:
            self.save(name, query, self.work + "/prepared-" + name)
        state = {"asked": ASKED, "input": digest([self.fingerprint(name) for name in READS]), "last": None, "before": None}
        found = self.take_up(state) if resume else None
        if found is None:
            self.forget()
            first = {"number": 0, "moved": None, "tables": []}
            self.assign(SETUP, first)
            self.end(state, first)
        else:
            state = found
            print("%s: taken up behind round %d" % (NAME, state["last"]["number"]), file=sys.stderr)
        settled = lambda round_: round_["moved"] is not None and round_["moved"] <= STOP_MOVED
        while not settled(state["last"]) and state["last"]["number"] < STOP_ROUNDS:
            round_ = json.loads(json.dumps(state["last"]))
            round_["number"] += 1
            self.assign(STEP, round_)
            moved = self.one(MEASURE)["moved"]
            round_["moved"] = 0.0 if moved is None else moved
            self.end(state, round_)
        if MUST_SETTLE and not settled(state["last"]):
            sys.exit("%s did not settle in %d rounds" % (NAME, state["last"]["number"]))


def main():
    words = argparse.ArgumentParser(description=NAME)
    words.add_argument("--tables", required=True)
    words.add_argument("--work", required=True)
    words.add_argument("--out", required=True)
    words.add_argument("--resume", action="store_true")
    words.add_argument("--partitions", type=int, default=PARTITIONS)
    words.add_argument("--format", choices=["parquet", "csv"], default="parquet")
    asked = words.parse_args()
    spark = SparkSession.builder.appName("kluwen " + NAME).getOrCreate()
    if int(spark.version.split(".")[0]) < 4:
        sys.exit("this job takes Spark 4 or later, and this is " + spark.version)
    spark.conf.set("spark.sql.shuffle.partitions", str(asked.partitions))
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    Job(spark, asked.work, asked.tables).run(asked.resume)
    out = spark.sql(RESULT).write.mode("overwrite")
    if asked.format == "csv":
        out.option("header", True).csv(asked.out)
    else:
        out.parquet(asked.out)
    spark.stop()


main()
