"""Houses with air conditioners on one feeder, simulated by GridLAB-D alone in 15-second steps.

  gridlabd.py HOUSES HOURS     prints one line of JSON: wall-clock seconds of the run and this process's peak memory
"""
import json
import os
import resource
import sys
import tempfile
import time
from datetime import datetime

sys.path.pop(0)  # this file's folder would hide the package, as both are called gridlabd
import gridlabd  # noqa: E402

HEAD = """
clock {{ timezone "PST+8PDT"; starttime '2013-07-01 00:00:00 PDT'; stoptime '2013-07-{day:02d} {hour:02d}:00:00 PDT'; }}
#set minimum_timestep=15
module tape;
module climate;
module residential {{ implicit_enduses NONE; }}
module powerflow {{ solver_method FBS; }}
object climate {{ latitude 32; longitude -112; tz_meridian -105; temperature 88; humidity 0.4; }}
object overhead_line_conductor {{ name wire; geometric_mean_radius 0.0244; resistance 0.306; }}
object line_spacing {{ name spacing; distance_AB 2.5; distance_BC 4.5; distance_AC 7; distance_AN 5.6; distance_BN 4.2; distance_CN 5; }}
object line_configuration {{ name line; conductor_A wire; conductor_B wire; conductor_C wire; conductor_N wire; spacing spacing; }}
object triplex_line_conductor {{ name service_wire; resistance 0.97; geometric_mean_radius 0.0111; }}
object triplex_line_configuration {{ name service; conductor_1 service_wire; conductor_2 service_wire; conductor_N service_wire;
  insulation_thickness 0.08; diameter 0.368; }}
object meter {{ name head; bustype SWING; phases ABCN; nominal_voltage 7200; }}
object overhead_line {{ from head; to street; phases ABCN; length 1000; configuration line; }}
object node {{ name street; phases ABCN; nominal_voltage 7200; }}
object recorder {{ parent head; property measured_power; interval 15; limit 100000000; file "/dev/null"; }}
"""

HOUSE = """
object transformer_configuration {{ name transformer_type{k}; connect_type SINGLE_PHASE_CENTER_TAPPED; install_type POLETOP;
  primary_voltage 7200; secondary_voltage 120; power_rating 25; power{phase}_rating 25; resistance 0.011; reactance 0.018; }}
object transformer {{ from street; to pole{k}; phases {phase}S; configuration transformer_type{k}; }}
object triplex_node {{ name pole{k}; phases {phase}S; nominal_voltage 120; }}
object triplex_line {{ from pole{k}; to meter{k}; phases {phase}S; length 30; configuration service; }}
object triplex_meter {{ name meter{k}; phases {phase}S; nominal_voltage 120; }}
object house {{ parent meter{k}; floor_area {area}; air_temperature 74; mass_temperature 74;
  Rroof 30; Rwall 18; Rfloor 15; Rdoors 5; Rwindows 2.2; airchange_per_hour 1; total_thermal_mass_per_floor_area 3;
  cooling_system_type ELECTRIC; heating_system_type GAS; cooling_COP 4; thermostat_deadband 2;
  cooling_setpoint {setpoint}; heating_setpoint 55;
  object ZIPload {{ base_power 0.8; heat_fraction 0.7; power_fraction 1; power_pf 0.97; }}; }}
"""


def model(houses, hours):
    day, hour = divmod(hours, 24)
    text = [HEAD.format(day=1 + day, hour=hour)]
    for k in range(houses):
        text.append(HOUSE.format(k=k, phase="ABC"[k % 3], area=1500 + 37 * k % 1000, setpoint=70 + k % 6))
    return "".join(text)


houses, hours = int(sys.argv[1]), int(sys.argv[2])
answer = os.dup(1)
os.dup2(2, 1)  # the engine talks on stdout
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "houses.glm")
    with open(path, "w") as file:
        file.write(model(houses, hours))
    engine = gridlabd.DirectGridLabD()
    engine.enable_message_capture(True)
    engine.load_glm([path])
    end = f"2013-07-{1 + hours // 24:02d} {hours % 24:02d}:00:00 PDT"
    started = time.perf_counter()
    _, reached = engine.step_to(end)
    wall = time.perf_counter() - started
    rooms = engine.get_properties_by_class("house", "air_temperature").values()
elapsed = datetime.fromisoformat(str(reached)[:19]) - datetime(2013, 7, 1)
line = {"reachedSeconds": elapsed.total_seconds(), "indoorF": [float(text.split()[0]) for text in rooms], "wallSeconds": wall,
        "rssMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}
os.write(answer, (json.dumps(line) + "\n").encode())
os._exit(0)
