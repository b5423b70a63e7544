/**
 * Takes a picture of every main screen of a started Siar with the demo shop: `npm run screenshots -- --out DIR`.
 *
 * DIR lies outside the repository; its files are named `screen-width-theme-language.png`. `--only NAME` takes one screen,
 * `--url URL --email E --password P` an installation that runs already.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { identityOperations } from '@siar/contract'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../tests/e2e/browser.ts'
import { furnish, mainScreens, publicScreens } from '../tests/e2e/screens.ts'
import type { ScreenPlace } from '../tests/e2e/screens.ts'
import { drawn, openSettled } from '../tests/e2e/settled.ts'
import { startSharedSiar } from '../tests/e2e/shared-siar.ts'
import type { SharedSiar } from '../tests/e2e/shared-siar.ts'
import { enterWorkspace, openVisitor, signIn } from '../tests/e2e/visitor.ts'
import type { Language, Theme } from '../tests/e2e/visitor.ts'

const WIDTHS = [360, 1440] as const
const THEMES: readonly Theme[] = ['light', 'dark']
const LANGUAGES: readonly Language[] = ['id', 'en']

interface Look {
  readonly width: (typeof WIDTHS)[number]
  readonly theme: Theme
  readonly language: Language
}

const looks: readonly Look[] = WIDTHS.flatMap((width) =>
  THEMES.flatMap((theme) => LANGUAGES.map((language) => ({ width, theme, language }))),
)

async function takeAll(
  browser: Browser,
  siar: Pick<SharedSiar, 'url' | 'admin'>,
  look: Look,
  options: Options,
) {
  const { width, theme, language } = look
  const visitor = await openVisitor(browser, { url: siar.url, width, theme, language })
  const take = async (place: ScreenPlace): Promise<void> => {
    if (options.only !== undefined && options.only !== place.name) return
    await openSettled(visitor.page, place.path)
    await drawn(visitor.page)
    const file = path.join(options.out, `${place.name}-${width}-${theme}-${language}.png`)
    await visitor.page.screenshot({ path: file, fullPage: true })
  }
  for (const place of publicScreens) await take(place)
  await signIn(visitor, siar.admin)
  const me = await visitor.api().call(identityOperations.updateMe, { body: { language } })
  const demo = me.workspaces.find(({ isDemo }) => isDemo)
  if (!demo) throw new Error('There is no demo workspace to show')
  await enterWorkspace(visitor, demo.id)
  await furnish(visitor.api(demo.id))
  for (const place of await mainScreens(visitor.api(demo.id))) await take(place)
  await visitor.close()
}

interface Options {
  readonly out: string
  readonly only: string | undefined
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      only: { type: 'string' },
      url: { type: 'string' },
      email: { type: 'string', default: '' },
      password: { type: 'string', default: '' },
    },
  })
  const { out, only, url, email, password } = values
  if (out === undefined) throw new Error('--out DIR is needed')
  mkdirSync(out, { recursive: true })
  const started = url === undefined ? await startSharedSiar() : null
  const siar = started?.siar ?? { url: url ?? '', admin: { name: '', email, password } }
  const browser = await launchBrowser()
  try {
    for (const look of looks) {
      await takeAll(browser, siar, look, { out, only })
      console.log(`${look.width} px, ${look.theme}, ${look.language}`)
    }
  } finally {
    await browser.close()
    await started?.stop()
  }
}

await main()
