/**
 * Energy of each hour that the substation of the published packet case took on its first day, kWh: the run recorded in
 * github.com/Yuanliang-Li/PEMT-CoSim (June 2022), whose control ended after 24 h.
 */
export const RECORDED_HOURS_KWH: readonly number[] = [
  ...[153.6, 155.5, 159.3, 161.9, 162.2, 183.7, 197.9, 271.6, 327.9, 349.2, 363.3, 424.4],
  ...[456.1, 485.1, 502.8, 508.9, 494.6, 455.2, 463.6, 414.4, 356, 337.6, 327.1, 298.5],
];
