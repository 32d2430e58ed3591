/**
 * A line of a federate's log as people read it: level and message, without its stack. Nothing where `said` tells it already;
 * a line that is none of ours (a program's own output) stays as it is.
 */
export function readLogLine(line: string, said: string): string | undefined {
  const { level, message } = parsed(line);
  if (level === undefined || message === undefined) return line;
  return said.includes(message) ? undefined : `${level}: ${message}`;
}

function parsed(line: string): { readonly level?: string; readonly message?: string } {
  try {
    return (JSON.parse(line) ?? {}) as { level?: string; message?: string };
  } catch {
    return {};
  }
}
