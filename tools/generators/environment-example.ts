import { settings } from '../../apps/server/src/config-settings.ts'
import type { Generator } from './generator.ts'

const INTRODUCTION = `# Every setting of Siar. All are optional; each line shows an example, not the default.
# Written by \`npm run generate\` from apps/server/src/config-settings.ts.`

/** .env.example: every environment variable with its meaning and rule, commented out. */
export const environmentExample: Generator = {
  path: '.env.example',
  render: () => {
    const entries = Object.entries(settings).map(
      ([name, { about, rule, example }]) => `# ${about}\n# Rule: ${rule}.\n# ${name}=${example}`,
    )
    return Promise.resolve(`${[INTRODUCTION, ...entries].join('\n\n')}\n`)
  },
}
