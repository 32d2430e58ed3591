"""The benchmarks' patterns as mosaik simulators without physics.

  mosaik.py inproc|remote PATTERN COUNT STEPS HOUSES     prints one line of JSON
  mosaik.py simulator HOST:PORT                          a simulator in a process of its own, started by mosaik
"""
import json
import os
import sys
import time

sys.path.pop(0)  # this file's folder would hide the package, as both are called mosaik
import mosaik_api_v3  # noqa: E402

TEXT = "1" * 106
STATES = ["air", "mass", "load", "voltage", "hvac", "water"]
WEATHER = ["temperature", "sun", "humidity", "wind"]


class Simulator(mosaik_api_v3.Simulator):
    """Entities with the given attributes; steps at a period and says the same for every attribute."""

    received = 0

    def __init__(self):
        super().__init__({"api_version": "3.0", "type": "time-based", "models": {}})

    def init(self, sid, time_resolution=1.0, period=1, attrs=(), value=0.0):
        self.period, self.value = period, value
        self.meta["models"] = {"Entity": {"public": True, "params": [], "attrs": list(attrs)}}
        return self.meta

    def create(self, num, model):
        return [{"eid": f"entity{k}", "type": model} for k in range(num)]

    def step(self, time, inputs, max_advance):
        Simulator.received += sum(len(sources) for attrs in inputs.values() for sources in attrs.values())
        return time + self.period

    def get_data(self, outputs):
        return {entity: {attr: self.value for attr in attrs} for entity, attrs in outputs.items()}


def connect_echo(world, start, count):
    hub = start(count - 1, attrs=["there", "back"], value=TEXT)
    for port in hub:
        leaf = start(1, attrs=["there", "back"], value=TEXT)[0]
        world.connect(leaf, port, "there")
        world.connect(port, leaf, "back", time_shifted=True, initial_data={"back": TEXT})


def connect_timing(world, start, count):
    hub = start(1, attrs=["tick"])[0]
    for _ in range(count - 1):
        leaf = start(1, attrs=["tick"])[0]
        world.connect(leaf, hub, "tick")
        world.connect(hub, leaf, "tick", time_shifted=True, initial_data={"tick": 0.0})


def connect_coupled(world, start, houses):
    def later(*attrs):
        return {"time_shifted": True, "initial_data": {attr: 0.0 for attr in attrs}}

    weather = start(1, period=15, attrs=WEATHER)[0]
    *homes, feeder = start(houses + 1, period=15, attrs=[*STATES, *WEATHER, "setpoint", "command", "feeder", "source"])
    bulk = start(1, period=300, attrs=["feeder", "source", "lmp"])[0]
    market = start(1, period=300, attrs=["feeder", "lmp", "price", "bid"])[0]
    *agents, pool = start(houses + 1, period=15, attrs=[*STATES, *WEATHER, "setpoint", "command", "bid", "price"])
    world.connect(weather, feeder, *WEATHER)
    world.connect(weather, pool, *WEATHER)
    world.connect(feeder, bulk, "feeder")
    world.connect(feeder, market, "feeder")
    world.connect(bulk, feeder, "source", **later("source"))
    world.connect(bulk, market, "lmp")
    world.connect(market, pool, "price", **later("price"))
    for home, agent in zip(homes, agents):
        world.connect(home, agent, *STATES)
        world.connect(agent, home, "setpoint", "command", **later("setpoint", "command"))
        world.connect(agent, market, "bid")


def main(where, pattern, count, steps, houses):
    import mosaik

    here = {"python": "__main__:Simulator"}
    there = {"cmd": f"{sys.executable} {os.path.abspath(__file__)} simulator %(addr)s"}
    world = mosaik.World({"S": here if where == "inproc" else there}, skip_greetings=True, configure_logging=False)

    def start(num, **options):
        return world.start("S", **options).Entity.create(num)

    if pattern == "echo":
        connect_echo(world, start, count)
    elif pattern == "timing":
        connect_timing(world, start, count)
    else:
        connect_coupled(world, start, houses)
    started = time.perf_counter()
    world.run(until=steps * 15 if pattern == "coupled" else steps, print_progress=False)
    print(json.dumps({"micros": (time.perf_counter() - started) * 1e6, "received": Simulator.received}))


if sys.argv[1] == "simulator":
    sys.argv.pop(1)
    mosaik_api_v3.start_simulation(Simulator())
else:
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
