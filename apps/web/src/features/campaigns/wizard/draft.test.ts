import type { Campaign, Template } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { changesOf, draftOf, emptyDraft } from './draft.ts'
import type { Draft, StepId } from './draft.ts'
import { gapsOf } from './gaps.ts'
import { missingVariables } from './message/missing-variables.ts'

const nowAtMs = Date.UTC(2026, 10, 20, 3)
const template = {
  variables: [
    { name: 'name', kind: 'contact', hasDefault: false },
    { name: 'product', kind: 'campaign', hasDefault: false },
    { name: 'city', kind: 'campaign', hasDefault: true },
  ],
} as Template
const templates = new Map([['tpl_1', template]])
const gaps = (step: StepId, one: Draft, senderIds: string[] | null = null) =>
  gapsOf(step, one, { templates, senderIds, timeZone: 'Asia/Jakarta', nowAtMs })
const draft: Draft = { ...emptyDraft, name: 'Promo', templateId: 'tpl_1', variables: { product: 'kopi' } }

describe('saving a draft', () => {
  test('sends only what changed', () => {
    expect(changesOf(draft, { ...draft, name: 'Promo November' })).toEqual({ name: 'Promo November' })
    expect(changesOf(draft, { ...draft, audience: { include: [], exclude: [] } })).toEqual({})
  })

  test('a template that is taken away is sent as null', () => {
    expect(changesOf(draft, { ...draft, templateId: null })).toEqual({ templateId: null })
  })
})

describe('a saved campaign', () => {
  test('is taken up again with every field the wizard edits, and nothing else', () => {
    const campaign = { ...draft, id: 'cmp_1', status: 'draft', trackLinks: true } as unknown as Campaign
    expect(draftOf(campaign)).toEqual({ ...draft, trackLinks: true })
  })
})

describe('the next step', () => {
  test('needs a name, a template and every value without a default', () => {
    expect(gaps('template', emptyDraft)).toEqual(['name', 'template'])
    expect(gaps('template', { ...draft, variables: { product: ' ' } })).toEqual(['variables'])
    expect(missingVariables(draft, template)).toEqual([])
  })

  test('needs somebody to send to', () => {
    expect(gaps('recipients', draft)).toEqual(['audience'])
    const everyone: Draft = { ...draft, audience: { include: [{ kind: 'everyone' }], exclude: [] } }
    expect(gaps('recipients', everyone)).toEqual([])
  })

  test('refuses a start in the past of its own zone, and one that is no time', () => {
    const at = (text: string, timeZone: string): Draft => ({
      ...draft,
      schedule: { kind: 'at', at: text, timeZone },
    })
    expect(gaps('schedule', at('2026-11-20T10:30', 'Asia/Jakarta'))).toEqual([])
    expect(gaps('schedule', at('2026-11-20T10:30', 'Asia/Jayapura'))).toEqual(['pastTime'])
    expect(gaps('schedule', at('', 'Asia/Jakarta'))).toEqual(['noTime'])
  })

  test('takes a time on everybody’s own clock unless it has passed on the planner’s', () => {
    const local = (text: string): Draft => ({ ...draft, schedule: { kind: 'recipient_local', at: text } })
    expect(gaps('schedule', local('2026-11-20T10:30'))).toEqual([])
    expect(gaps('schedule', local('2026-11-20T09:30'))).toEqual(['pastTime'])
  })

  test('refuses to repeat until a day before the first start, and takes a first start in the past', () => {
    const until = (day: string): Draft => ({
      ...draft,
      schedule: {
        kind: 'recurring',
        at: '2026-11-01T09:00',
        timeZone: 'Asia/Jakarta',
        rule: `FREQ=DAILY;UNTIL=${day}T165959Z`,
      },
    })
    expect(gaps('schedule', until('20261031'))).toEqual(['endsBeforeStart'])
    expect(gaps('schedule', until('20261130'))).toEqual([])
  })

  test('refuses weights that leave nobody to send, and a budget of nothing', () => {
    const unwilling: Draft = {
      ...draft,
      rotation: 'weighted',
      weights: { snd_1: 0 },
      budget: { amountMinor: 0, currency: 'IDR' },
    }
    expect(gaps('schedule', unwilling, ['snd_1'])).toEqual(['weightsZero', 'budgetZero'])
  })

  test('refuses a shortest pause above the longest', () => {
    const paced: Draft = { ...draft, pacing: { delayMsMin: 6000, delayMsMax: 5000 } }
    expect(gaps('schedule', paced)).toEqual(['pauseOrder'])
  })
})
