"""The benchmarks' patterns as HELICS federates in Python: the twin of helics.c for machines without a C compiler.

  helics.py process PATTERN COUNT STEPS WARM_UP DOUBLES HOUSES VECTORS INDEX PORT
  helics.py threads PATTERN COUNT STEPS WARM_UP DOUBLES HOUSES VECTORS
"""
import json
import os
import sys
import threading
import time

sys.path.pop(0)  # this file's folder would hide the package, as both are called helics
import helics as h  # noqa: E402

TEXT = "1" * 106
LATE = 1e6
STRING, DOUBLE, COMPLEX, VECTOR = (
    h.HELICS_DATA_TYPE_STRING, h.HELICS_DATA_TYPE_DOUBLE, h.HELICS_DATA_TYPE_COMPLEX, h.HELICS_DATA_TYPE_VECTOR)
WEATHER, HOUSES, BULK, MARKET, PROSUMERS = range(5)
WEATHER_KEYS = ["temperature", "sun", "humidity", "wind"]
STATE_KEYS = ["air", "mass", "load", "voltage", "hvac", "water"]
COMMAND_KEYS = ["setpoint", "command"]


class Federate:
    def __init__(self, pattern, count, steps, warm_up, doubles, houses, vectors, index):
        self.pattern, self.count, self.last, self.warm_up = pattern, count, steps + warm_up, warm_up
        self.doubles, self.houses, self.vectors, self.index = doubles, houses, bool(vectors), index
        self.outs, self.ins = [], []
        self.received, self.started, self.micros, self.first = 0, 0.0, 0.0, 0.0

    def create(self, options, core=None):
        info = h.helicsCreateFederateInfo()
        policy = " --flags=restrictive_time_policy" if self.pattern == "ring" else ""
        h.helicsFederateInfoLoadFromString(info, f"{options} --loglevel=no_print{policy}")
        if core:
            h.helicsFederateInfoSetCoreName(info, core)
        if self.period:
            h.helicsFederateInfoSetTimeProperty(info, h.HELICS_PROPERTY_TIME_PERIOD, self.period)
        self.handle = h.helicsCreateValueFederate(f"federate{self.index}", info)
        getattr(self, f"open_{self.pattern}")()

    def run(self):
        h.helicsFederateEnterExecutingMode(self.handle)
        getattr(self, f"run_{self.pattern}")()

    @property
    def period(self):
        if self.pattern == "coupled":
            return 300 if self.index in (BULK, MARKET) else 15
        return 1 if self.pattern in ("timing", "vector") else 0

    def publish_as(self, key, kind):
        self.outs.append(h.helicsFederateRegisterGlobalPublication(self.handle, key, kind, ""))

    def subscribe_to(self, key):
        self.ins.append(h.helicsFederateRegisterSubscription(self.handle, key, ""))

    def granted(self, at):
        self.first = self.first or time.time()
        return at

    def request(self, until):
        return self.granted(h.helicsFederateRequestTime(self.handle, until))

    def request_next(self):
        return self.granted(h.helicsFederateRequestNextStep(self.handle))

    def mark(self, step):
        if step == self.warm_up:
            self.started = time.perf_counter()
        if step == self.last:
            self.micros = (time.perf_counter() - self.started) * 1e6

    def take_text(self, port):
        if not h.helicsInputIsUpdated(port) or h.helicsInputGetString(port) != TEXT:
            return False
        self.received += 1
        return True

    def send_text(self, port):
        h.helicsPublicationPublishString(port, TEXT)

    def open_echo(self):
        mine, theirs = ("to_leaf", "to_hub") if self.index == 0 else ("to_hub", "to_leaf")
        for leaf in range(1, self.count) if self.index == 0 else [self.index]:
            self.publish_as(f"{mine}{leaf}", STRING)
            self.subscribe_to(f"{theirs}{leaf}")

    def run_echo(self):
        if self.index == 0:
            while self.received < self.last * (self.count - 1):
                self.request(LATE)
                for got, out in zip(self.ins, self.outs):
                    if self.take_text(got):
                        self.send_text(out)
            return
        sent = 0
        while self.received < self.last:
            self.request_next()
            if self.take_text(self.ins[0]):
                self.mark(self.received)
            if sent < self.last:
                self.send_text(self.outs[0])
                sent += 1

    def open_ring(self):
        self.publish_as(f"token{self.index}", STRING)
        self.subscribe_to(f"token{(self.index - 1) % self.count}")

    def run_ring(self):
        is_first = self.index == 0
        if is_first:
            self.send_text(self.outs[0])
        while self.received < self.last:
            if is_first:
                self.mark(self.received)
            self.request(LATE)
            if self.take_text(self.ins[0]) and not (is_first and self.received == self.last):
                self.send_text(self.outs[0])
        if is_first:
            self.mark(self.received)

    open_timing = open_echo

    def run_timing(self):
        for step in range(self.last):
            self.mark(step)
            self.request_next()
        self.mark(self.last)

    def open_vector(self):
        self.publish_as(f"vector{self.index}", VECTOR)
        self.subscribe_to(f"vector{1 - self.index}")

    def run_vector(self):
        data = [0.0] * self.doubles
        for step in range(self.last):
            self.mark(step)
            data[0], data[-1] = float(step), float(-step)
            h.helicsPublicationPublishVector(self.outs[0], data)
            self.request_next()
            if h.helicsInputIsUpdated(self.ins[0]):
                got = h.helicsInputGetVector(self.ins[0])
                self.received += len(got) == self.doubles and got[0] == step and got[-1] == -step
        self.mark(self.last)

    def per_house(self, add, names, kind=DOUBLE):
        for name in names:
            for house in range(1 if self.vectors else self.houses):
                key = f"{name}{house}"
                self.publish_as(key, VECTOR if self.vectors else kind) if add == "out" else self.subscribe_to(key)

    def open_coupled(self):
        if self.index == WEATHER:
            for key in WEATHER_KEYS:
                self.publish_as(key, DOUBLE)
        if self.index in (HOUSES, PROSUMERS):
            for key in WEATHER_KEYS:
                self.subscribe_to(key)
        if self.index == HOUSES:
            self.per_house("out", STATE_KEYS)
            self.publish_as("feeder_load", COMPLEX)
            self.subscribe_to("source_voltage")
            self.per_house("in", COMMAND_KEYS)
        if self.index == BULK:
            self.publish_as("source_voltage", COMPLEX)
            self.publish_as("lmp", DOUBLE)
            self.subscribe_to("feeder_load")
        if self.index == MARKET:
            self.publish_as("price", DOUBLE)
            self.subscribe_to("lmp")
            self.subscribe_to("feeder_load")
            self.per_house("in", ["bid"])
        if self.index == PROSUMERS:
            self.per_house("out", COMMAND_KEYS)
            self.per_house("out", ["bid"], VECTOR)
            self.per_house("in", STATE_KEYS)
            self.subscribe_to("price")

    def run_coupled(self):
        size = self.houses if self.vectors else 1
        bids = (1 if self.vectors else self.houses) if self.index == PROSUMERS else 0
        kinds = [h.helicsInputGetPublicationDataType(port) for port in self.ins]
        is_vector = self.vectors and self.index in (HOUSES, PROSUMERS)
        started, due, end = time.perf_counter(), self.period, self.last * 15
        while due <= end:
            at = self.request(due)
            for port, kind in zip(self.ins, kinds):
                if not h.helicsInputIsUpdated(port):
                    continue
                self.received += 1
                if kind == VECTOR:
                    h.helicsInputGetVector(port)
                elif kind == COMPLEX:
                    h.helicsInputGetComplex(port)
                else:
                    h.helicsInputGetDouble(port)
            count = len(self.outs) if at % 300 == 0 else len(self.outs) - bids
            for i in range(count):
                if i >= len(self.outs) - bids:
                    h.helicsPublicationPublishVector(self.outs[i], [at] * (4 * size))
                elif (self.index == HOUSES and i == len(self.outs) - 1) or (self.index == BULK and i == 0):
                    h.helicsPublicationPublishComplex(self.outs[i], complex(at, 0))
                elif is_vector:
                    h.helicsPublicationPublishVector(self.outs[i], [at] * size)
                else:
                    h.helicsPublicationPublishDouble(self.outs[i], at)
            due += self.period
        self.micros = (time.perf_counter() - started) * 1e6

    def report(self):
        line = {"federate": self.index, "micros": self.micros, "received": self.received, "first": self.first}
        print(json.dumps(line), flush=True)


def run_threads(job):
    core = h.helicsCreateCore("inproc", "core", f"--autobroker --federates={job[1]} --loglevel=no_print")
    h.helicsCoreConnect(core)
    federates = [Federate(*job, index) for index in range(job[1])]
    for federate in federates:
        federate.create("", "core")

    def run(federate):
        federate.run()
        h.helicsFederateDisconnect(federate.handle)

    threads = [threading.Thread(target=run, args=(federate,)) for federate in federates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for federate in federates:
        federate.report()
    os._exit(0)


def run_process(job, index, port):
    federate = Federate(*job, index)
    federate.create(f"--coretype=zmq --brokerport={port} --broker_address=127.0.0.1")
    federate.run()
    federate.report()
    h.helicsFederateDisconnect(federate.handle)
    h.helicsCloseLibrary()


mode, pattern, *numbers = sys.argv[1:]
numbers = [int(word) for word in numbers]
if mode == "threads":
    run_threads([pattern, *numbers])
else:
    run_process([pattern, *numbers[:6]], numbers[6], numbers[7])
