import { Fragment } from 'react'
import { parseWhatsAppText } from './whatsapp-text.ts'
import type { Block, Inline } from './whatsapp-text.ts'

/** A message's text as WhatsApp shows it. Text is only ever shown as text. */
export function WhatsAppText({ text }: { text: string }) {
  return (
    <>
      {parseWhatsAppText(text).map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </>
  )
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'pre':
      return <pre className="font-mono text-[0.8125rem] whitespace-pre-wrap">{block.text}</pre>
    case 'quote':
      return (
        <div className="my-0.5 rounded-xs border-l-3 border-wa-link bg-wa-quote px-2 py-0.5 opacity-90">
          <Inlines nodes={block.children} />
        </div>
      )
    case 'bullet':
    case 'number':
      return (
        <div className="flex gap-1.5">
          <span aria-hidden={block.kind === 'bullet'}>{block.kind === 'bullet' ? '•' : block.label}</span>
          <span className="min-w-0">
            <Inlines nodes={block.children} />
          </span>
        </div>
      )
    case 'line':
      return (
        <div className="min-h-[1lh] whitespace-pre-wrap">
          <Inlines nodes={block.children} />
        </div>
      )
  }
}

function Inlines({ nodes }: { nodes: Inline[] }) {
  return nodes.map((node, index) => <Fragment key={index}>{inline(node)}</Fragment>)
}

function inline(node: Inline) {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'link':
      return <span className="text-wa-link underline">{node.text}</span>
    case 'code':
      return <code className="rounded-xs bg-wa-quote px-1 font-mono text-[0.8125rem]">{node.text}</code>
    case 'bold':
      return (
        <strong className="font-bold">
          <Inlines nodes={node.children} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines nodes={node.children} />
        </s>
      )
  }
}
