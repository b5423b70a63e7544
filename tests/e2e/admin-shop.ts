import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'
import type { Api } from './api.ts'
import { launchBrowser } from './browser.ts'
import { keepEvidence } from './evidence.ts'
import { newWorkspace, openVisitor, signIn } from './visitor.ts'
import type { Visitor } from './visitor.ts'

/** The admin of the shared program at a browser, in a workspace that this journey alone uses. */
export interface AdminShop {
  readonly visitor: Visitor
  /** The API in that workspace. */
  readonly api: Api
}

/** Call it at the top of a journey: the browser opens before its first test and closes after its last. */
export function openAdminShop(workspaceName: string): AdminShop {
  const siar = inject('sharedSiar')
  let browser: Browser | undefined
  let visitor: Visitor
  let api: Api
  beforeAll(async () => {
    browser = await launchBrowser()
    visitor = await openVisitor(browser, siar)
    await signIn(visitor, siar.admin)
    api = visitor.api(await newWorkspace(visitor, workspaceName))
  })
  afterAll(() => browser?.close())
  keepEvidence(() => visitor)
  return {
    get visitor() {
      return visitor
    },
    get api() {
      return api
    },
  }
}
