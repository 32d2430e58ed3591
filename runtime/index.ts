export * from "./assemble.js";
export * from "./case-shape.js";
export * from "./checkpoint.js";
export * from "./context.js";
export * from "./define-federate.js";
export { LocalHost } from "./local-host.js";
export { Member, type Effects, type MemberImage } from "./member.js";
export * from "./ports.js";
export { RandomStream } from "./stream.js";
