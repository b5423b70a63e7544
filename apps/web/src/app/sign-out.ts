import { auth } from './auth.ts'
import { chooseWorkspace } from './workspace-choice.ts'

/** Ends this login session and starts the page anew, so nothing of the person stays in memory. */
export async function signOut(): Promise<void> {
  await auth.signOut()
  chooseWorkspace(null)
  globalThis.location.assign('/sign-in')
}
