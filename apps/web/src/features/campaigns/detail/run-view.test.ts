import type { CampaignFigures, CampaignRun } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { viewOf } from './run-view.ts'

const figures = (sent: number): CampaignFigures => ({
  total: sent,
  queued: 0,
  skipped: 0,
  sent,
  delivered: 0,
  read: 0,
  replied: 0,
  clicked: 0,
  failed: 0,
  unknown: 0,
  cancelled: 0,
})

const run = (number: number, note: string | null = null): CampaignRun => ({
  id: `run_${number}`,
  number,
  status: 'completed',
  startedAt: '2026-11-20T02:00:00.000Z',
  finishedAt: '2026-11-20T03:00:00.000Z',
  occurrenceAt: null,
  note,
  figures: figures(note === null ? number * 10 : 0),
})

describe('which run a campaign page shows', () => {
  const scheduled = { status: 'scheduled' as const, figures: figures(99) }

  test('an occurrence that was passed over does not hide the last run that sent', () => {
    const view = viewOf(scheduled, [run(3, 'Passed over.'), run(2), run(1)], '')
    expect(view).toMatchObject({ runId: 'run_2', isNewest: true, figures: { sent: 20 } })
  })

  test('an older run and one that was passed over are shown with their own figures when asked for', () => {
    const runs = [run(3, 'Passed over.'), run(2), run(1)]
    expect(viewOf(scheduled, runs, 'run_1')).toMatchObject({ runId: 'run_1', isNewest: false })
    expect(viewOf(scheduled, runs, 'run_3')).toMatchObject({ runId: 'run_3', figures: { total: 0 } })
  })

  test('the run under way follows the campaign, which moves by itself', () => {
    const view = viewOf({ status: 'running', figures: figures(5) }, [run(2), run(1)], '')
    expect(view).toMatchObject({ runId: undefined, isNewest: true, figures: { sent: 5 } })
  })

  test('a campaign that ran once needs no list of runs', () => {
    expect(viewOf(scheduled, undefined, '')).toMatchObject({ runId: undefined, isNewest: true, chosen: null })
  })
})
