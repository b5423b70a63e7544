import type { BodyOf, Template, templateOperations } from '@siar/contract'
import type { WorkspaceScope } from '@siar/database'
import type { ContactId, FieldProblem, MediaId, TemplateId, WorkspaceId } from '@siar/domain'
import { AppError, canonicalVariableName } from '@siar/domain'
import type { Actor, Core, Language } from '../../core.ts'
import { toPage } from '../../list-cursor.ts'
import { decodeTimeCursor, timeKeysOf } from '../../time-cursor.ts'
import { createOptOutLinks } from '../consent/index.ts'
import { findMedia } from '../media/index.ts'
import { previewText } from './preview.ts'
import type { Preview } from './preview.ts'
import { invalidNames, parseText, textIssues } from './template-text.ts'
import { presentTemplate } from './templates.present.ts'
import {
  countOpenCampaigns,
  deleteTemplate,
  findContactValues,
  findTemplate,
  insertTemplate,
  listCustomKeys,
  listTemplates,
  updateTemplate,
} from './templates.repo.ts'
import type { TemplateCategory, TemplateRow } from './templates.repo.ts'

type Fields = BodyOf<typeof templateOperations.create>
type Changes = BodyOf<typeof templateOperations.update>
type PreviewBody = BodyOf<typeof templateOperations.preview>
interface ListQuery {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly search?: string | undefined
  readonly category?: TemplateCategory | undefined
}

export type TemplateService = ReturnType<typeof createTemplateService>

/** Message templates: texts in two languages with variables and spintax, and one media file. */
export function createTemplateService(core: Core) {
  return {
    list: (workspaceId: WorkspaceId, query: ListQuery) =>
      core.inWorkspace(workspaceId, (scope) => listPage(scope, query)),
    get: (workspaceId: WorkspaceId, templateId: TemplateId): Promise<Template> =>
      core.inWorkspace(workspaceId, async (scope) => present(scope, await getTemplate(scope, templateId))),
    create: (workspaceId: WorkspaceId, actor: Actor, language: Language, fields: Fields) =>
      create(core, workspaceId, actor, language, fields),
    update: (
      workspaceId: WorkspaceId,
      actor: Actor,
      language: Language,
      templateId: TemplateId,
      changes: Changes,
    ) => update(core, workspaceId, actor, language, templateId, changes),
    remove: (workspaceId: WorkspaceId, actor: Actor, templateId: TemplateId) =>
      remove(core, workspaceId, actor, templateId),
    preview: (workspaceId: WorkspaceId, language: Language, body: PreviewBody): Promise<Preview> =>
      preview(core, workspaceId, language, body),
  }
}

async function listPage(scope: WorkspaceScope, query: ListQuery) {
  const rows = await listTemplates(scope, {
    ...query,
    after: decodeTimeCursor(query.cursor),
    limit: query.limit + 1,
  })
  const page = toPage(rows, query.limit, (row) => timeKeysOf({ at: row.updatedAt, id: row.id }))
  const data: Template[] = []
  for (const row of page.rows) data.push(await present(scope, row))
  return { data, nextCursor: page.nextCursor }
}

async function create(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  language: Language,
  fields: Fields,
) {
  return core.inWorkspace(workspaceId, async (scope) => {
    await requireValid(scope, language, fields)
    const id = core.newId('tpl')
    const now = core.now()
    await insertTemplate(scope, {
      id,
      workspaceId,
      ...fields,
      createdBy: actor.id,
      createdAt: now,
      updatedAt: now,
    })
    await core.audit(scope, { actor, action: 'template.create', subjectId: id })
    await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id })
    return present(scope, await getTemplate(scope, id))
  })
}

async function update(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  language: Language,
  templateId: TemplateId,
  changes: Changes,
) {
  return core.inWorkspace(workspaceId, async (scope) => {
    const old = await getTemplate(scope, templateId)
    await requireValid(scope, language, {
      texts: changes.texts ?? old.texts,
      campaignVariables: changes.campaignVariables ?? old.campaignVariables,
      mediaId: changes.mediaId === undefined ? old.mediaId : changes.mediaId,
    })
    await updateTemplate(scope, templateId, { ...changes, updatedAt: core.now() })
    await core.audit(scope, {
      actor,
      action: 'template.update',
      subjectId: templateId,
      details: { fields: Object.keys(changes) },
    })
    await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id: templateId })
    return present(scope, await getTemplate(scope, templateId))
  })
}

async function remove(
  core: Core,
  workspaceId: WorkspaceId,
  actor: Actor,
  templateId: TemplateId,
): Promise<void> {
  await core.inWorkspace(workspaceId, async (scope) => {
    await getTemplate(scope, templateId)
    const open = await countOpenCampaigns(scope, templateId)
    if (open > 0) throw new AppError('template_in_use', { campaigns: open })
    await deleteTemplate(scope, templateId)
    await core.audit(scope, { actor, action: 'template.remove', subjectId: templateId })
    await core.bus.publishIn(scope, { kind: 'template.changed', workspaceId, id: templateId })
  })
}

async function preview(
  core: Core,
  workspaceId: WorkspaceId,
  language: Language,
  body: PreviewBody,
): Promise<Preview> {
  return core.inWorkspace(workspaceId, async (scope) => {
    const contact = body.contactId ? await findContactValues(scope, body.contactId as ContactId) : null
    if (body.contactId && !contact) throw new AppError('not_found')
    const known = { custom: await listCustomKeys(scope), campaign: body.campaignVariables }
    return previewText({ ...body, known, contact, optOutLink: createOptOutLinks(core).example, language })
  })
}

async function getTemplate(scope: WorkspaceScope, templateId: TemplateId): Promise<TemplateRow> {
  const row = await findTemplate(scope, templateId)
  if (!row) throw new AppError('not_found')
  return row
}

async function present(scope: WorkspaceScope, row: TemplateRow): Promise<Template> {
  const media = row.mediaId ? await findMedia(scope, row.mediaId as MediaId) : null
  return presentTemplate(row, media, await listCustomKeys(scope))
}

type Checked = Pick<Fields, 'texts' | 'campaignVariables' | 'mediaId'>

/** @throws AppError `template_invalid` with every problem and its position, `not_found` for a missing media file. */
async function requireValid(scope: WorkspaceScope, language: Language, fields: Checked): Promise<void> {
  if (fields.mediaId && !(await findMedia(scope, fields.mediaId as MediaId))) throw new AppError('not_found')
  const known = {
    custom: await listCustomKeys(scope),
    campaign: fields.campaignVariables.map(canonicalVariableName),
  }
  const problems: FieldProblem[] = invalidNames(fields.campaignVariables).map((name) => ({
    path: 'campaignVariables',
    message: name,
    code: 'invalid_name',
  }))
  for (const [textLanguage, text] of Object.entries(fields.texts)) {
    if (text === undefined) continue
    for (const { code, message, position } of textIssues(parseText(text, known), language)) {
      problems.push({ path: `texts.${textLanguage}.${position ?? 0}`, message, code })
    }
  }
  if (problems.length > 0) throw new AppError('template_invalid', { problems })
}
