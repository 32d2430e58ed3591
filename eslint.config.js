import tseslint from "typescript-eslint";

const pure = ["broker/wire/**/*.ts", "broker/core/**/*.ts", "models/**/*.ts", "methods/**/*.ts"];
const deterministic = [...pure, "runtime/**/*.ts", "federates/**/*.ts", "cases/**/*.ts"];

const wallClock = [
  { object: "Math", property: "random", message: "Use a named random stream: runtime/stream.ts." },
  {
    object: "Date",
    property: "now",
    message: "Simulated time only; the wall clock belongs to tools and broker/server.",
  },
];
const power = [
  { object: "Math", property: "pow", message: "The last bit differs between Node versions: write x * x." },
];

export default tseslint.config(
  {
    ignores: [
      "dist*/",
      "chaincode/dist/",
      "node_modules/",
      "runs/",
      "cases/generated/",
      ".venv-bench/",
      "eslint.config.js",
    ],
  },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-definitions": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/prefer-for-of": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "eqeqeq": "error",
      "prefer-const": "error",
      "max-params": ["error", 4],
    },
  },
  // Its methods' parameters are the arguments of a transaction, after the peer's context and the scope.
  { files: ["chaincode/src/contract.ts"], rules: { "max-params": ["error", 5] } },
  { files: deterministic, rules: { "no-restricted-properties": ["error", ...wallClock] } },
  {
    files: pure,
    rules: {
      "no-restricted-properties": ["error", ...wallClock, ...power],
      "no-restricted-syntax": [
        "error",
        { selector: "BinaryExpression[operator='**']", message: "Write x * x: ** differs between Node versions." },
      ],
    },
  },
  {
    files: ["**/*.test.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "no-restricted-properties": "off",
      "no-restricted-syntax": "off",
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
