/** Inputs of houses whose cooling units are switched by somebody else. */
export function switchedInputs(elements: readonly string[]) {
  const cooling = { type: "vector", elements, wakes: "change", doc: "1 cools, 0 is off." } as const;
  return { ...inputsOf(elements), cooling };
}

/** Inputs of houses whose thermostats switch their cooling units. */
export function thermostatInputs(elements: readonly string[]) {
  const setpoint = { type: "vector", elements, unit: "degF", doc: "What each thermostat holds." } as const;
  return { ...inputsOf(elements), coolingSetpoint: setpoint };
}

function inputsOf(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    temperature: { type: "number", unit: "degF" },
    humidity: { type: "number", unit: "1" },
    solarDirect: { type: "number", unit: "W/ft2" },
    solarDiffuse: { type: "number", unit: "W/ft2" },
    pvSetpoint: {
      ...vector,
      unit: "kW",
      optional: true,
      doc: "Power that each PV inverter is told to deliver; infinite: all that its array gives, as without this input.",
    },
    batteryReference: { ...vector, unit: "kW", optional: true, doc: "Load around which each battery follows." },
    storageSetpoint: {
      ...vector,
      unit: "kW",
      optional: true,
      doc: "Power of each dispatched battery; positive discharges.",
    },
    voltage: { ...vector, unit: "pu", doc: "Voltage between the legs at each house meter." },
  } as const;
}

/** What houses tell, whoever switches their cooling. */
export function housesOutputs(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    massTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW", doc: "Cooling unit and fan at the present voltage." },
    hvacPower: { ...vector, unit: "kW", doc: "What the cooling unit draws while it runs, whether it does or not." },
    houseLoad: { ...vector, unit: "kW", doc: "Everything behind the house meter at the present voltage." },
    loadChange: {
      type: "number",
      unit: "W",
      doc: "Load of all houses less that at their last step; where they are sampled.",
    },
    totalLoad: { ...vector, unit: "kVA", doc: "Nominal complex power of the house, its magnitude." },
    systemMode: { ...vector, doc: "1 off, 4 cooling." },
    pvAvailable: { ...vector, unit: "kW", doc: "Direct-current power that the array gives." },
    pvPower: { ...vector, unit: "W", doc: "What the PV branch draws: negative when it feeds the meter." },
    pvReactivePower: { ...vector, unit: "VAr" },
    batteryPower: { ...vector, unit: "W", doc: "What the battery branch draws: negative when it feeds the meter." },
    stateOfCharge: { ...vector, unit: "1" },
    storagePower: { ...vector, unit: "W", doc: "What the dispatched battery draws: negative when it feeds the meter." },
    storageStateOfCharge: { ...vector, unit: "1" },
    constantPower: { ...vector, unit: "W", doc: "ZIP load of the house meter, nominal." },
    constantPowerReactive: { ...vector, unit: "VAr" },
    constantCurrent: { ...vector, unit: "W" },
    constantCurrentReactive: { ...vector, unit: "VAr" },
    constantImpedance: { ...vector, unit: "W" },
    constantImpedanceReactive: { ...vector, unit: "VAr" },
  } as const;
}
