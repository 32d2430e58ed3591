/** What agents that watch their houses see of them. */
export function houseInputs(elements: readonly string[]) {
  const vector = { type: "vector", elements } as const;
  return {
    airTemperature: { ...vector, unit: "degF" },
    hvacLoad: { ...vector, unit: "kW" },
    hvacPower: { ...vector, unit: "kW", doc: "What cooling draws while it runs." },
    houseLoad: { ...vector, unit: "kW" },
    pvAvailable: { ...vector, unit: "kW", doc: "Direct-current power of the array." },
  } as const;
}

/** What bidders hear of their market. */
export function marketInputs(bidders: readonly string[]) {
  return {
    round: { type: "json", optional: true, wakes: "any", doc: "`MarketRound`." },
    accepted: {
      type: "vector",
      elements: bidders,
      unit: "kW",
      optional: true,
      doc: "What the round lets each bidder buy or sell.",
    },
  } as const;
}

/** The price of the bulk system, for agents that bid by it. */
export const lmpInput = {
  type: "number",
  unit: "USD/kWh",
  doc: "Price of the bulk system at the feeder's bus.",
} as const;

/** Cooling that agents switch. */
export function coolingOutput(elements: readonly string[]) {
  return { type: "vector", elements, starts: true, doc: "1 cools, 0 is off." } as const;
}

/** What each inverter is told. */
export function pvOutput(elements: readonly string[]) {
  return { type: "vector", elements, unit: "kW", starts: true, doc: "Infinite: all that the array gives." } as const;
}

/** What agents tell of their households' comfort. */
export function comfortOutputs(elements: readonly string[]) {
  const vector = { type: "vector", elements, unit: "degF" } as const;
  return {
    basepoint: { ...vector, doc: "Set-point that the household wants now." },
    deadband: { ...vector, starts: true, doc: "Width of the band around it." },
  } as const;
}
