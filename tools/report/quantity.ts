/** Units that keys of a summary end with, longest first. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ["UsdPerKwh", "USD/kWh"],
  ["UsdPerMwh", "USD/MWh"],
  ["TemperatureF", "°F"],
  ["Percent", "%"],
  ["DurationS", "s"],
  ["Seconds", "s"],
  ["Hours", "h"],
  ["TempF", "°F"],
  ["Kvarh", "kvarh"],
  ["Kwh", "kWh"],
  ["Mwh", "MWh"],
  ["Kva", "kVA"],
  ["Usd", "USD"],
  ["Fh", "°F h"],
  ["Kw", "kW"],
  ["Mw", "MW"],
  ["Wh", "Wh"],
  ["Pu", "pu"],
];

/** Words that are not written small. */
const NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bhvac\b/, "HVAC"],
  [/\blmp\b/, "LMP"],
  [/\bpv\b/, "PV"],
  [/\bjain\b/, "Jain"],
  [/\brange a\b/, "range A"],
  [/\brange b\b/, "range B"],
];

/**
 * What a key of a summary is about: `energyImportedKwh` is "energy imported" in kWh, `energyImportedKwh_F1` is "energy
 * imported, F1"; the unit is empty where it names none.
 */
export function quantityOf(key: string): { readonly words: string; readonly unit: string } {
  const [quantity, ...part] = key.split("_");
  const { words, unit } = wholeQuantity(quantity);
  return { words: [words, ...part].join(", "), unit };
}

function wholeQuantity(key: string): { readonly words: string; readonly unit: string } {
  const [ending, unit] = UNITS.find(([one]) => key.endsWith(one)) ?? ["", ""];
  const kept = /^(Temp|Duration)/.test(ending) ? ending.slice(0, -1).length : 0;
  const stem = key.slice(0, key.length - ending.length + kept);
  const small = stem.replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2 ").toLowerCase();
  return { words: NAMES.reduce((words, [pattern, name]) => words.replace(pattern, name), small), unit };
}
