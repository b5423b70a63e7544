import path from 'node:path'

const VAGUE = /^(utils?|helpers?|common|misc|shared|stuff)\.(test\.)?[cm]?[jt]sx?$/

/** Refuses file names that say nothing about what lies inside, such as `utils.ts`. */
export const noVagueFileName = {
  meta: {
    type: 'problem',
    docs: { description: 'A file is named after what it holds.' },
    messages: { vague: '"{{name}}" says nothing about its content; name the file after what it holds.' },
    schema: [],
  },
  create(context) {
    const name = path.basename(context.filename)
    return {
      Program(node) {
        if (VAGUE.test(name)) context.report({ node, messageId: 'vague', data: { name } })
      },
    }
  },
}
