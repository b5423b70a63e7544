import type admin from './en/admin.json'
import type app from './en/app.json'
import type campaignResults from './en/campaign-results.json'
import type campaigns from './en/campaigns.json'
import type connect from './en/connect.json'
import type contacts from './en/contacts.json'
import type dashboard from './en/dashboard.json'
import type egress from './en/egress.json'
import type identity from './en/identity.json'
import type imports from './en/imports.json'
import type media from './en/media.json'
import type segments from './en/segments.json'
import type senders from './en/senders.json'
import type settings from './en/settings.json'
import type templates from './en/templates.json'
import type ui from './en/ui.json'
import type unknownMessages from './en/unknown-messages.json'
import type wizard from './en/wizard.json'
import type workspaces from './en/workspaces.json'

/** Makes every key typed. A new feature adds its line here and its two JSON files; the keys guard checks the rest. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: {
      admin: typeof admin
      app: typeof app
      'campaign-results': typeof campaignResults
      campaigns: typeof campaigns
      connect: typeof connect
      contacts: typeof contacts
      dashboard: typeof dashboard
      egress: typeof egress
      identity: typeof identity
      imports: typeof imports
      media: typeof media
      segments: typeof segments
      senders: typeof senders
      settings: typeof settings
      templates: typeof templates
      ui: typeof ui
      'unknown-messages': typeof unknownMessages
      wizard: typeof wizard
      workspaces: typeof workspaces
    }
  }
}
