import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } as const
const CONTRAST = { runOnly: ['color-contrast'] } as const

/** Every rule at once, or only contrast for a page whose structure was judged already. */
export type Depth = 'all' | 'contrast'

/** @returns what axe calls serious or critical on this page, one readable line for each element. */
export async function seriousProblems(page: Page, depth: Depth = 'all'): Promise<string[]> {
  const { runOnly } = depth === 'all' ? RULES : CONTRAST
  const options: RunOptions = { runOnly: [...runOnly], resultTypes: ['violations'] }
  await page.evaluate(`if (!window.axe) { ${SOURCE} }`)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(options)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary ?? ''})`),
    )
}

/** CSS pixels by which the page is wider than its window; 0 when nothing has to be scrolled sideways. */
export function sidewaysPx(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
