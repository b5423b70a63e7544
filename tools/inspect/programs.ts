import path from 'node:path'
import ts from 'typescript'

/**
 * Reads a project as `tsc -p` does: its options and every file it names.
 *
 * @param configFile Path of a `tsconfig.json`.
 * @throws Error in the compiler's words when the file cannot be read.
 */
export function createProgram(configFile: string): ts.Program {
  const host: ts.ParseConfigFileHost = {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (problem) => {
      throw new Error(tell([problem]))
    },
  }
  const parsed = ts.getParsedCommandLineOfConfigFile(path.resolve(configFile), {}, host)
  if (parsed === undefined) throw new Error(`${configFile} could not be read`)
  const { fileNames: rootNames, options, projectReferences, errors: configFileParsingDiagnostics } = parsed
  return ts.createProgram({
    rootNames,
    options,
    configFileParsingDiagnostics,
    ...(projectReferences ? { projectReferences } : {}),
  })
}

/** Everything `tsc --noEmit` would complain about, as it prints it; empty when all is well. */
export function findTypeProblems(program: ts.Program): string {
  return tell(ts.sortAndDeduplicateDiagnostics(ts.getPreEmitDiagnostics(program)))
}

function tell(problems: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(problems, {
    getCanonicalFileName: (file) => file,
    getCurrentDirectory: () => process.cwd(),
    getNewLine: () => '\n',
  })
}
