/** From the units of weather files to those of a weather profile. */
export const fahrenheit = (celsius: number): number => celsius * 1.8 + 32;
export const fraction = (percent: number): number => percent / 100;
export const wattsPerSqft = (wattsPerM2: number): number => wattsPerM2 * 0.09290304;
export const millibar = (pascal: number): number => pascal / 100;
/** With a mile of 1609 m, as the published weather was converted. */
export const milesPerHour = (metresPerSecond: number): number => (metresPerSecond * 3600) / 1609;
