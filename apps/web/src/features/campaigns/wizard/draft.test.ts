import type { Template } from '@siar/contract'
import { describe, expect, test } from 'vitest'
import { changesOf, emptyDraft, gapsOf, missingVariables } from './draft.ts'
import type { Draft } from './draft.ts'

const nowAtMs = Date.UTC(2026, 10, 20, 3)
const template = {
  variables: [
    { name: 'name', kind: 'contact', hasDefault: false },
    { name: 'product', kind: 'campaign', hasDefault: false },
    { name: 'city', kind: 'campaign', hasDefault: true },
  ],
} as Template
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

describe('the next step', () => {
  test('needs a name, a template and every value without a default', () => {
    expect(gapsOf('template', emptyDraft, null, nowAtMs)).toEqual(['name', 'template'])
    expect(gapsOf('template', { ...draft, variables: { product: ' ' } }, template, nowAtMs)).toEqual([
      'variables',
    ])
    expect(missingVariables(draft, template)).toEqual([])
  })

  test('needs somebody to send to', () => {
    expect(gapsOf('recipients', draft, template, nowAtMs)).toEqual(['audience'])
    const everyone: Draft = { ...draft, audience: { include: [{ kind: 'everyone' }], exclude: [] } }
    expect(gapsOf('recipients', everyone, template, nowAtMs)).toEqual([])
  })

  test('refuses a start in the past of its own zone, and one that is no time', () => {
    const at = (text: string, timeZone: string): Draft => ({
      ...draft,
      schedule: { kind: 'at', at: text, timeZone },
    })
    expect(gapsOf('schedule', at('2026-11-20T10:30', 'Asia/Jakarta'), null, nowAtMs)).toEqual([])
    expect(gapsOf('schedule', at('2026-11-20T10:30', 'Asia/Jayapura'), null, nowAtMs)).toEqual(['pastTime'])
    expect(gapsOf('schedule', at('', 'Asia/Jakarta'), null, nowAtMs)).toEqual(['noTime'])
  })

  test('refuses a shortest pause above the longest', () => {
    const paced: Draft = { ...draft, pacing: { delayMsMin: 6000, delayMsMax: 5000 } }
    expect(gapsOf('schedule', paced, null, nowAtMs)).toEqual(['pauseOrder'])
  })
})
