/** The command was called in a wrong way; the process ends with exit code 2 and this text. */
export class UsageError extends Error {}
