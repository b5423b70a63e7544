import type { Campaign, Forecast } from '@siar/contract'
import { SingleBar } from 'cli-progress'
import { createInterface } from 'node:readline/promises'
import type { Summary } from './summary.ts'

/** What a person at a terminal sees. With `--json` all of it goes to standard error. */
export interface Screen {
  say(line: string): void
  /** @returns the answer; an empty one when nobody is there any more. */
  ask(question: string): Promise<string>
  showForecast(forecast: Forecast): void
  showProgress(campaign: Campaign): void
  endProgress(): void
  showSummary(summary: Summary, logPath: string): void
}

export function createScreen(json: boolean): Screen {
  const output = json ? process.stderr : process.stdout
  const say = (line: string): void => void output.write(`${line}\n`)
  let bar: SingleBar | null = null
  return {
    say,
    ask: async (question) => {
      const asked = createInterface({ input: process.stdin, output })
      try {
        const left = new Promise<string>((resolve) => asked.once('close', () => resolve('')))
        return await Promise.race([asked.question(`${question} `), left])
      } finally {
        asked.close()
      }
    },
    showForecast: (forecast) => {
      say(`${forecast.recipients} people will get this message.`)
      for (const { reason, count } of forecast.skipped) say(`  ${count} skipped: ${reason}`)
      for (const { message } of forecast.warnings) say(`  note: ${message}`)
      if (forecast.endAt) say(`Expected to end at ${forecast.endAt}.`)
      const [sample] = forecast.samples
      if (sample) say(`\n${sample.text.replaceAll(/^/gm, '  │ ')}\n`)
    },
    showProgress: ({ figures }) => {
      if (!output.isTTY) return
      if (!bar) {
        bar = new SingleBar({
          stream: output,
          format: '{bar} {percentage}% {value}/{total} · sent {sent} · read {read} · failed {failed}',
        })
        bar.start(figures.total, 0, { sent: 0, read: 0, failed: 0 })
      }
      bar.update(figures.total - figures.queued, {
        sent: figures.sent,
        read: figures.read,
        failed: figures.failed,
      })
    },
    endProgress: () => bar?.stop(),
    showSummary: (summary, logPath) => {
      say(
        `${summary.total} rows: ${summary.valid} valid, ${summary.duplicates} twice, ${summary.invalid} invalid`,
      )
      say(
        `${summary.sent} sent (${summary.delivered} delivered, ${summary.read} read), ${summary.skipped} skipped, ${summary.failed} failed, ${summary.unknown} unknown`,
      )
      say(`One line for each person is in ${logPath}.`)
    },
  }
}
