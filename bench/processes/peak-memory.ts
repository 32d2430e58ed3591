/** Loaded before a program, writes its peak memory in kB to the file that GRIDLOOM_PEAK_MEMORY names. */
import { writeFileSync } from "node:fs";

const file = process.env.GRIDLOOM_PEAK_MEMORY;
if (file !== undefined) {
  process.on("exit", () => {
    writeFileSync(file, String(process.resourceUsage().maxRSS));
  });
}
