import { plannedCommand } from "../cli/command.js";

export default plannedCommand("doctor", "", []);
