const table = (header: string, rows: readonly (readonly (string | number)[])[]) =>
  [header, ...rows.map(row => row.join(",")), ""].join("\n");

/** A day of three steps of five minutes: the root feeds node 1 with panels and a battery, which feeds node 2 with a load. */
const STEPS = [0, 1, 2] as const;
const STEP_SECONDS = 300;

/** By node and step: flow from the parent (at the root: import), voltage, price. */
const NETWORK = [
  { flow: [2, 1, 2], voltage: [1, 1, 1], price: [1, 2, 3] },
  { flow: [2, 1, 2], voltage: [0.99, 0.995, 0.99], price: [1, 2, 3] },
  { flow: [4, 3, 3], voltage: [0.95, 0.985, 0.97], price: [2, 2, 5] },
];

const SETPOINTS: readonly (readonly [node: number, device: string, quantity: string, values: readonly number[]])[] = [
  [1, "node", "activePower", [2, 2, 1]],
  [1, "PV", "activePower", [1, 2, 3]],
  [1, "battery", "charge", [0, 0, 2]],
  [1, "battery", "discharge", [1, 0, 0]],
  [1, "battery", "energy", [0, 0, 1]],
  [2, "node", "activePower", [-1, 0, 0]],
  [2, "heater", "consumption", [1, 0, 0]],
  [2, "load", "activePower", [3, 3, 3]],
];

const atStep = (day: number, step: number) => (day * STEPS.length + step) * STEP_SECONDS;

/** The tables of a dispatch of so many such days, which cost 100 CNY and 10 more each day. */
export function smallDispatch(days: number): Readonly<Record<string, string>> {
  const all = Array.from({ length: days }, (_, day) => day);
  return {
    "horizons.csv": table(
      "horizon,day,name,currency,powerUnit,steps,stepHours,costScale,method,stop,rounds,objective,lowerBound,upperBound,relativeGap,assumedAnswers,voltageMeasure,reason",
      all.map(day => {
        const cost = 100 + 10 * day;
        const found = ["sweep", "gap", 3, cost, cost - 0.01, cost, 0.01 / cost, 0];
        return [
          day,
          day + 4,
          "small",
          "CNY",
          "kW",
          3,
          1 / 12,
          1,
          ...found,
          "linear",
          '"sweep, as flows cost <something>"',
        ];
      }),
    ),
    "nodes.csv": table("node,parent,voltageLower,voltageUpper,activeLimit", [
      [0, -1, "", "", ""],
      [1, 0, 0.95, 1.05, ""],
      [2, 1, 0.95, 1.05, 4],
    ]),
    "flows.csv": table(
      "time,node,injection,reactiveInjection,flow,reactiveFlow,voltage,price,reactivePrice",
      all.flatMap(day =>
        NETWORK.flatMap(({ flow, voltage, price }, node) =>
          STEPS.map(step => [atStep(day, step), node, 0, 0, flow[step], 0, voltage[step], price[step], 0]),
        ),
      ),
    ),
    "setpoints.csv": table(
      "time,node,device,quantity,value",
      all.flatMap(day =>
        SETPOINTS.flatMap(([node, device, quantity, values]) =>
          STEPS.map(step => [atStep(day, step), node, device, quantity, values[step]]),
        ),
      ),
    ),
    "bills.csv": table(
      "horizon,day,node,cost,payment,bill,alone",
      all.flatMap(day => [
        [day, day + 4, 1, 20, -30, -10, 5],
        [day, day + 4, 2, 0, 110 + 10 * day, 110 + 10 * day, 120 + 10 * day],
      ]),
    ),
    "convergence.csv": table(
      "horizon,day,round,lowerBound,upperBound,gap,primal,dual,penalty",
      all.flatMap(day => {
        const cost = 100 + 10 * day;
        return [
          [day, day + 4, 0, "", "", "", 1, 10, 2],
          [day, day + 4, 1, cost - 10, cost + 1, 0.1, 0.1, 1, 2],
          [day, day + 4, 2, cost - 0.01, cost, 0.01 / cost, 0.01, 0.1, 2],
        ];
      }),
    ),
  };
}
