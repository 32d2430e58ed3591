export { admitPackets, type Admission, type AdmissionRules, type PacketRequest } from "./admission.js";
export { comfortGuard, type ComfortGuard, FREE, GUARDED_OFF, GUARDED_ON } from "./comfort-guard.js";
export { requestProbability, requestRatePerSecond, type RequestTiming } from "./request.js";
