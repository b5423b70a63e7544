import type { TestCore } from '../../../apps/server/src/testing/test-core.ts'

const values = {
  screenshot: 'iVBORw0KGgo=',
  groups: [],
  group_members: [],
  address_book: [{ phone: '+6281200000555', aliases: [], name: 'Sari' }],
  exists: [],
  templates: [],
  submit_template: {
    kind: 'submitted',
    template: { remoteId: '1', status: 'PENDING', category: 'MARKETING' },
  },
  upload_example: 'handle',
  remove_template: null,
}

/**
 * Answers what is asked of live sessions, as the process would that holds them; here no sender is ever live. What it cannot answer
 * because the row is locked or gone is told by whoever asked, at its time limit.
 */
export function answerCalls(core: TestCore): void {
  core.bus.subscribe((event) => {
    if (event.kind !== 'sender.call') return
    setTimeout(() => void answerOpen(core).catch(() => undefined), 20)
  })
}

async function answerOpen(core: TestCore): Promise<void> {
  const answered = await core.inSystem((scope) =>
    scope.query<{ id: string; workspaceId: string }>(
      `update sender_calls set answer = jsonb_build_object('kind', 'done', 'value', $1::jsonb -> (call ->> 'kind'))
       where id = any (array (select id from sender_calls where answer is null order by id for update skip locked))
       returning id, workspace_id as "workspaceId"`,
      [JSON.stringify(values)],
    ),
  )
  for (const { id, workspaceId } of answered)
    await core.bus.publish({ kind: 'sender.answer', workspaceId, id })
}
