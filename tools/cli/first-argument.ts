/** The first argument that is neither an option nor its value; every option but the common ones takes a value. */
export function firstArgument(args: readonly string[]): string | undefined {
  const isFlag = (arg: string) => ["--json", "--verbose", "--help", "-h"].includes(arg) || arg.includes("=");
  return args.find((arg, i) => {
    const before = args[i - 1] as string | undefined;
    const isValue = before?.startsWith("-") === true && !isFlag(before);
    return !arg.startsWith("-") && !isValue;
  });
}
