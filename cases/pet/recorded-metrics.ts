const from = (input: string, more: Readonly<Record<string, unknown>> = {}) => ({ input, ...more });

const INVERTER_LOAD = -1;

/** Metrics files in the shape of the reference: which input fills which of their quantities; 0 fills what nobody has. */
export const METRICS = [
  {
    class: "house",
    elements: "houses",
    bind: {
      totalLoadKva: from("totalLoad"),
      hvacLoadKw: from("hvacLoad"),
      airTemperatureF: from("airTemperature"),
      coolingSetpointF: from("basepoint"),
      heatingSetpointF: 0,
      systemMode: from("systemMode"),
    },
  },
  {
    class: "billing_meter",
    elements: "meters",
    bind: {
      realPowerW: from("meterPower"),
      reactivePowerVAr: from("meterReactivePower"),
      billUsd: from("meterBill"),
      voltage12V: from("meterVoltage"),
      voltageV: from("meterLegVoltage"),
      voltageUnbalanceV: from("meterUnbalance"),
      voltagePu: from("meterVoltagePu"),
    },
  },
  {
    class: "inverter",
    elements: "houses",
    prefix: "solar_inv_",
    bind: {
      realPowerW: from("pvPower", { weight: INVERTER_LOAD }),
      reactivePowerVAr: from("pvReactivePower", { weight: INVERTER_LOAD }),
    },
  },
  {
    class: "inverter",
    elements: "houses",
    prefix: "batt_inv_",
    bind: { realPowerW: from("batteryPower", { weight: INVERTER_LOAD }), reactivePowerVAr: 0 },
  },
  {
    class: "substation",
    elements: ["network_node"],
    bind: {
      realPowerW: from("distributionLoad", { part: "re" }),
      reactivePowerVAr: from("distributionLoad", { part: "im" }),
      realPowerLossesW: from("losses", { part: "re" }),
      reactivePowerLossesVAr: from("losses", { part: "im" }),
    },
    ownFields: [
      {
        name: "energy_balance",
        units: "Wh",
        doc: "Sources less loads less losses over the window; zero but for the solver's tolerance.",
        statistic: "energy",
        terms: [
          from("distributionLoad", { part: "re" }),
          from("customerLoad", { part: "re", weight: -1 }),
          from("losses", { part: "re", weight: -1 }),
        ],
      },
    ],
  },
  { class: "line" },
  { class: "transformer", elements: "transformers", bind: { overloadPercent: from("transformerOverload") } },
  { class: "capacitor" },
  { class: "regulator" },
  { class: "evchargerdet" },
  {
    class: "bus",
    elements: ["7"],
    zone: "",
    bind: {
      lmpUsdPerKwh: from("lmp"),
      reactiveLmp: 0,
      loadMw: from("busLoad"),
      loadMvar: from("busReactiveLoad"),
      angleDeg: from("busAngle"),
      voltagePu: from("busVoltage"),
    },
  },
  {
    class: "gen",
    elements: "generators",
    zone: "",
    bind: {
      powerMw: from("generatorPower"),
      reactivePowerMvar: from("generatorReactivePower"),
      lmpUsdPerKwh: from("lmp"),
    },
  },
  {
    class: "sys",
    elements: ["TE_ChallengeH"],
    zone: "",
    bind: { lossesMw: from("bulkLosses"), converged: from("converged") },
  },
  {
    class: "eplus",
    elements: ["SchoolDualController"],
    extra: { LoadScale: 1 },
    bind: {
      uncomfortableHours: 0,
      coolingControlledLoadW: from("buildingCooling"),
      coolingCurrentTemperatureF: from("buildingAir"),
      coolingPowerState: from("buildingCoolingState"),
      coolingScheduleTemperatureF: from("buildingSchedule"),
      coolingSetpointDeltaF: from("buildingDelta"),
      coolingSetpointTemperatureF: from("buildingSetpoint"),
      coolingVolumeM3: 0,
      electricDemandPowerW: from("buildingDemand"),
      heatingControlledLoadW: 0,
      heatingCurrentTemperatureF: from("buildingAir"),
      heatingPowerState: 0,
      heatingScheduleTemperatureF: 0,
      heatingSetpointDeltaF: 0,
      heatingSetpointTemperatureF: 0,
      heatingVolumeM3: 0,
      hvacDemandPowerW: from("buildingHvac"),
      indoorAirF: from("buildingAir"),
      priceUsdPerKwh: from("buildingPrice"),
      occupants: from("buildingOccupants"),
      outdoorAirF: from("buildingOutdoor"),
    },
  },
  { class: "auction", elements: ["Market_1"], zone: "-0800", bind: { round: from("round") } },
  { class: "house_bids", elements: "houses", zone: "-0800", bind: { bids: from("bids") } },
];
