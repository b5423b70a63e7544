import { word } from '../../domain/src/index.ts'

export interface WorkspaceScope {
  readonly word: typeof word
}
export const scope: WorkspaceScope = { word }
