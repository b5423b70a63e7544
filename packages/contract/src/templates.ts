import { z } from 'zod'
import { defineOperation } from './operation.ts'
import { idOf, instant, noContent, pageOf, pageQuery } from './shapes.ts'

export const TEMPLATE_CATEGORIES = [
  'marketing',
  'promotion',
  'greeting',
  'announcement',
  'reminder',
  'service',
] as const

export const Media = z
  .object({
    id: z.string(),
    kind: z.enum(['image', 'document']),
    fileName: z.string(),
    mimeType: z.string(),
    sizeBytes: z.number().int(),
    originalSizeBytes: z.number().int(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    /** Templates that use it. */
    templates: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Media' })
export type Media = z.output<typeof Media>

export const TemplateTexts = z
  .object({ id: z.string().max(4096).optional(), en: z.string().max(4096).optional() })
  .refine((texts) => Boolean(texts.id?.trim() ?? texts.en?.trim()), {
    message: 'a text in one language is needed',
  })
  .meta({ id: 'TemplateTexts' })

export const Template = z
  .object({
    id: z.string(),
    name: z.string(),
    category: z.enum(TEMPLATE_CATEGORIES),
    purpose: z.enum(['marketing', 'service']),
    texts: TemplateTexts,
    footer: z.string(),
    media: Media.nullable(),
    /** Variables of its texts: contact fields, custom fields and names a campaign must give. */
    variables: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['contact', 'custom', 'campaign']),
        hasDefault: z.boolean(),
      }),
    ),
    /** Campaigns that use it. */
    campaigns: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Template' })
export type Template = z.output<typeof Template>

/** Names in braces that are no contact field; a campaign gives their values. Others unknown are an error. */
const campaignVariables = z.array(z.string().trim().min(1).max(60)).max(50)

/** What a template is made of; a change names only what is new. */
const TemplateChanges = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  category: z.enum(TEMPLATE_CATEGORIES).optional(),
  texts: TemplateTexts.optional(),
  footer: z.string().trim().max(60).optional(),
  mediaId: idOf('med').nullable().optional(),
  campaignVariables: campaignVariables.optional(),
})

const TemplateFields = z.object({
  name: TemplateChanges.shape.name.unwrap(),
  category: TemplateChanges.shape.category.unwrap(),
  texts: TemplateTexts,
  footer: TemplateChanges.shape.footer.unwrap().default(''),
  mediaId: TemplateChanges.shape.mediaId.unwrap().default(null),
  campaignVariables: campaignVariables.default([]),
})

export const TemplateIssue = z.object({
  code: z.string(),
  message: z.string(),
  /** Offset into the text, in UTF-16 units. */
  position: z.number().int().nullable(),
})

const templateParams = z.object({ templateId: idOf('tpl') })

export const templateOperations = {
  list: defineOperation({
    id: 'templates.list',
    method: 'GET',
    path: '/api/v1/templates',
    summary: 'Message templates',
    access: 'workspace.read',
    query: pageQuery.extend({
      search: z.string().trim().max(100).optional(),
      category: z.enum(TEMPLATE_CATEGORIES).optional(),
    }),
    response: pageOf(Template),
  }),
  create: defineOperation({
    id: 'templates.create',
    method: 'POST',
    path: '/api/v1/templates',
    summary: 'Make a template',
    access: 'templates.write',
    body: TemplateFields,
    status: 201,
    response: Template,
  }),
  get: defineOperation({
    id: 'templates.get',
    method: 'GET',
    path: '/api/v1/templates/:templateId',
    summary: 'One template',
    access: 'workspace.read',
    params: templateParams,
    response: Template,
  }),
  update: defineOperation({
    id: 'templates.update',
    method: 'PATCH',
    path: '/api/v1/templates/:templateId',
    summary: 'Change a template; runs that started keep the old text',
    access: 'templates.write',
    params: templateParams,
    body: TemplateChanges,
    response: Template,
  }),
  remove: defineOperation({
    id: 'templates.remove',
    method: 'DELETE',
    path: '/api/v1/templates/:templateId',
    summary: 'Delete a template that no open campaign uses',
    access: 'data.delete',
    params: templateParams,
    status: 204,
    response: noContent,
  }),
  preview: defineOperation({
    id: 'templates.preview',
    method: 'POST',
    path: '/api/v1/templates/preview',
    summary: 'Check a text and show some of the messages it gives',
    access: 'workspace.read',
    body: z.object({
      text: z.string().max(4096),
      values: z.record(z.string().max(60), z.string().max(1000)).default({}),
      campaignVariables: z.array(z.string().max(60)).max(50).default([]),
      contactId: idOf('con').optional(),
      /** How many variants to show. */
      samples: z.number().int().min(1).max(10).default(3),
    }),
    response: z.object({
      samples: z.array(z.string()),
      variants: z.number(),
      variables: Template.shape.variables,
      issues: z.array(TemplateIssue),
    }),
  }),
  uploadMedia: defineOperation({
    id: 'media.upload',
    method: 'POST',
    path: '/api/v1/media',
    summary: 'Upload an image or a document; images are compressed to the limits of WhatsApp',
    access: 'templates.write',
    upload: true,
    status: 201,
    response: Media,
  }),
  listMedia: defineOperation({
    id: 'media.list',
    method: 'GET',
    path: '/api/v1/media',
    summary: 'Media of the workspace',
    access: 'workspace.read',
    query: pageQuery,
    response: pageOf(Media),
  }),
  getMedia: defineOperation({
    id: 'media.get',
    method: 'GET',
    path: '/api/v1/media/:mediaId',
    summary: 'One media file: facts',
    access: 'workspace.read',
    params: z.object({ mediaId: idOf('med') }),
    response: Media,
  }),
  getMediaContent: defineOperation({
    id: 'media.content',
    method: 'GET',
    path: '/api/v1/media/:mediaId/content',
    summary: 'One media file: its bytes',
    access: 'workspace.read',
    params: z.object({ mediaId: idOf('med') }),
    query: z.object({ size: z.enum(['full', 'thumbnail']).default('full') }),
    produces: 'application/octet-stream',
    response: z.unknown(),
  }),
  removeMedia: defineOperation({
    id: 'media.remove',
    method: 'DELETE',
    path: '/api/v1/media/:mediaId',
    summary: 'Delete a media file that no template uses',
    access: 'templates.write',
    params: z.object({ mediaId: idOf('med') }),
    status: 204,
    response: noContent,
  }),
} as const
