import { testDatabase, waitUntil } from '@siar/test-kit'
import { beforeEach, describe, expect, test } from 'vitest'
import { createKeywordAnswers } from '../consent/index.ts'
import { answerText } from '../consent/keyword-answers.ts'
import { createCalmNetwork, stageSender } from './rig.fixtures.ts'

const stage = stageSender(await testDatabase({ poolMax: 12 }))
const keywords = {
  optOut: ['cukup'],
  optIn: ['ikut'],
  answers: true,
  optOutAnswer: { id: 'Sampai jumpa dari {shop}', en: '' },
  optInAnswer: { id: '', en: '' },
}

describe('the answer to a keyword', () => {
  beforeEach(async () => {
    await stage.shop.query(
      `update workspaces set settings = settings || jsonb_build_object('keywords', $2::jsonb) where id = $1`,
      [stage.shop.workspaceId, JSON.stringify(keywords)],
    )
  })
  const answersOf = () =>
    stage.shop.query<{ keyword: string; state: string }>(
      'select keyword, state from keyword_answers where workspace_id = $1 order by at, keyword desc',
      [stage.shop.workspaceId],
    )
  const received = (count: number) =>
    waitUntil(async () => {
      const [row] = await stage.shop.query<{ count: number }>(
        `select count(*)::int as count from messages where workspace_id = $1 and direction = 'in'`,
        [stage.shop.workspaceId],
      )
      return row?.count === count
    })
  const sentTexts = () =>
    stage.shop.query<{ text: string }>(
      `select text from messages where workspace_id = $1 and direction = 'out' order by at, id`,
      [stage.shop.workspaceId],
    )

  test('leaves once a day for each kind, in the words of the shop, from the number that got it', async () => {
    const simulator = createCalmNetwork()
    const [person] = await stage.shop.addContacts(1)
    await stage.startRig(simulator)
    const say = (text: string) => simulator.control.incoming(stage.senderId, person?.phone ?? '', text)
    await say('Cukup! 🙏')
    await waitUntil(async () => (await answersOf())[0]?.state === 'sent')
    await say('STOP')
    await received(2)
    await say('IKUT')
    await waitUntil(async () => (await answersOf())[1]?.state === 'sent')
    await say('berhenti')
    await received(4)
    expect(await answersOf()).toEqual([
      { keyword: 'opt_out', state: 'sent' },
      { keyword: 'opt_in', state: 'sent' },
    ])
    expect((await sentTexts()).map(({ text }) => text).toSorted()).toEqual([
      'Sampai jumpa dari Toko Uji',
      'Terima kasih, Anda akan menerima promosi Toko Uji. Balas BERHENTI untuk berhenti.',
    ])
    expect((await stage.world.framesOf(simulator)).get(person?.phone ?? '')).toBe(2)
  })

  test('stays away from somebody who is suppressed for another reason, and when it is switched off', async () => {
    const simulator = createCalmNetwork()
    const [first, second] = await stage.shop.addContacts(2)
    await stage.shop.query(
      `insert into suppressions (id, workspace_id, kind, value, reason, created_by) values ($1, $2, 'phone', $3, 'spam_report', 'x')`,
      [stage.world.core.newId('sup'), stage.shop.workspaceId, first?.phone],
    )
    await stage.startRig(simulator)
    await simulator.control.incoming(stage.senderId, first?.phone ?? '', 'STOP')
    await waitUntil(async () => (await answersOf())[0]?.state === 'failed')
    await stage.shop.query(`update workspaces set settings = settings - 'keywords' where id = $1`, [
      stage.shop.workspaceId,
    ])
    await simulator.control.incoming(stage.senderId, second?.phone ?? '', 'STOP')
    await received(2)
    expect(await answersOf()).toHaveLength(1)
    expect((await stage.world.framesOf(simulator)).size).toBe(0)
  })

  test('that was taken before a crash never leaves again; one that nobody took leaves later', async () => {
    const { core, shop } = stage.world
    const [person] = await shop.addContacts(1)
    const answers = createKeywordAnswers(core)
    const plan = {
      contactId: person?.id ?? '',
      senderId: stage.senderId,
      address: '+62',
      keyword: 'opt_out',
    } as const
    const id = await core.inWorkspace(shop.workspaceId, (scope) => answers.plan(scope, plan))
    expect(await core.inWorkspace(shop.workspaceId, (scope) => answers.plan(scope, plan))).toBeNull()
    expect(await answers.due()).toEqual([{ id, workspaceId: shop.workspaceId }])
    const texts: string[] = []
    const die = answers.send(shop.workspaceId, id ?? '', async ({ text }) => {
      texts.push(text)
      throw new Error('the process died')
    })
    await expect(die).rejects.toThrow('died')
    expect(await answers.due()).toEqual([])
    await Promise.all(
      [1, 2].map(() =>
        answers.send(shop.workspaceId, id ?? '', async ({ text }) => {
          texts.push(text)
          return 'sent'
        }),
      ),
    )
    expect(texts).toEqual(['Sampai jumpa dari Toko Uji'])
  })
})

test('an answer speaks the language of the person', () => {
  const facts = { shop: 'Kopi $& Melati', settings: { keywords } }
  expect(answerText('opt_out', { ...facts, language: 'en' })).toMatch(/^Done: Kopi \$& Melati will send/)
  expect(answerText('opt_out', { ...facts, language: 'id' })).toBe('Sampai jumpa dari Kopi $& Melati')
})
