import { identityOperations, workspaceOperations } from '@siar/contract'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { createApi } from './api.ts'
import type { Api } from './api.ts'

export interface Credentials {
  readonly email: string
  readonly password: string
}

export type Language = 'id' | 'en'
export type Theme = 'light' | 'dark' | 'system'

export interface VisitorOptions {
  readonly url: string
  readonly language?: Language
  readonly theme?: Theme
  /** CSS pixels; 1440 unless told. */
  readonly width?: number
}

/** Somebody at a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** The API with this person's cookie, in one workspace. */
  api(workspaceId?: string): Api
  /** Errors of the page itself: exceptions, violated content rules. Empty when all is well. */
  troubles(): readonly string[]
  close(): Promise<void>
}

/** Refusals that a journey asks for show up in the console; the journey judges them itself. */
const EXPECTED = /Failed to load resource/

/** Opens a browser context of its own: cookies and storage are shared with nobody. */
export async function openVisitor(browser: Browser, options: VisitorOptions): Promise<Visitor> {
  const { url, language = 'en', theme = 'light', width = 1440 } = options
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height: 900 },
    reducedMotion: 'reduce',
    locale: language === 'id' ? 'id-ID' : 'en-GB',
    acceptDownloads: true,
  })
  await context.addInitScript({ content: preferences({ 'siar.theme': theme, 'siar.language': language }) })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) troubles.push(message.text())
  })
  return {
    context,
    page,
    api: (workspaceId) => createApi(context.request, url, workspaceId ?? null),
    troubles: () => troubles,
    close: () => context.close(),
  }
}

/** A script for every page: what was chosen on this device before. A later choice in the page itself holds. */
function preferences(choices: Readonly<Record<string, string>>): string {
  return `for (const [key, value] of Object.entries(${JSON.stringify(choices)}))
    if (sessionStorage.getItem('e2e.' + key) !== value) {
      sessionStorage.setItem('e2e.' + key, value)
      localStorage.setItem(key, value)
    }`
}

/** Signs in without the form, which has a journey of its own. */
export async function signIn({ context }: Visitor, { email, password }: Credentials): Promise<void> {
  const answer = await context.request.post('/api/auth/sign-in/email', { data: { email, password } })
  if (!answer.ok()) throw new Error(`Sign-in answered ${answer.status()}: ${await answer.text()}`)
}

/** Makes the choice of the workspace menu before the next page opens. */
export async function enterWorkspace({ context, api }: Visitor, workspaceId: string): Promise<void> {
  await api().call(identityOperations.updateMe, { body: { activeWorkspaceId: workspaceId } })
  await context.addInitScript({ content: preferences({ 'siar.workspace': workspaceId }) })
}

/** A workspace of one's own, so that journeys on one program do not meet. Quiet hours are off: tests run at any hour. */
export async function newWorkspace(visitor: Visitor, name: string): Promise<string> {
  const { id } = await visitor.api().call(workspaceOperations.create, { body: { name } })
  await visitor.api(id).call(workspaceOperations.update, {
    body: { settings: { quietHours: { enabled: false, from: '21:00', to: '07:00' } } },
  })
  await enterWorkspace(visitor, id)
  return id
}
