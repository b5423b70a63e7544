import ts from 'typescript'

/** What one source file says about texts. */
export type SourceTexts = {
  /** Namespaces the file reads (`useTranslation('contacts')`, `TFunction<'contacts'>`) or names as a string. */
  namespaces: Set<string>
  /** Every string in the file, for keys written out. */
  literals: Set<string>
  /** Beginnings and ends of keys that are put together: `status.${x}` is ['status.', '']. */
  patterns: [string, string][]
  /** First arguments of `t(…)`. */
  calls: { key: string; line: number }[]
  /** Text for people that is not a key. */
  hardCoded: { text: string; line: number }[]
}

const visibleNames = new Set([
  'title',
  'label',
  'text',
  'hint',
  'header',
  'placeholder',
  'alt',
  'description',
  'aria-label',
  'aside',
  'action',
  'error',
])
const names = new Set(['Siar', 'WhatsApp'])
const keyShape = /^[a-z][\w-]*([.:][\w-]+)*$/i

/** Reads one TypeScript file without types: fast enough for every file in every test run. */
export function scanTexts(fileName: string, source: string): SourceTexts {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
  const found: SourceTexts = {
    namespaces: new Set(),
    literals: new Set(),
    patterns: [],
    calls: [],
    hardCoded: [],
  }
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart()).line + 1
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.literals.add(node.text)
    if (ts.isTemplateExpression(node)) found.patterns.push(patternOf(node))
    if (ts.isCallExpression(node)) readCall(node, found, lineOf)
    if (ts.isTypeReferenceNode(node)) readType(node, found)
    const text = hardCodedText(node)
    if (text) found.hardCoded.push({ text, line: lineOf(node) })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function patternOf(node: ts.TemplateExpression): [string, string] {
  return [node.head.text, node.templateSpans.at(-1)?.literal.text ?? '']
}

function readCall(node: ts.CallExpression, found: SourceTexts, lineOf: (node: ts.Node) => number): void {
  const name = node.expression.getText()
  const [first] = node.arguments
  if (!first) return
  if (name === 'useTranslation') for (const namespace of stringsOf(first)) found.namespaces.add(namespace)
  if (name === 't' || name === 'i18next.t') {
    for (const key of stringsOf(first)) found.calls.push({ key, line: lineOf(node) })
  }
}

/** `TFunction<'contacts'>`: a pure function that is handed its words. */
function readType({ typeName, typeArguments }: ts.TypeReferenceNode, found: SourceTexts): void {
  const [first] = typeArguments ?? []
  if (typeName.getText() !== 'TFunction' || !first || !ts.isLiteralTypeNode(first)) return
  if (ts.isStringLiteral(first.literal)) found.namespaces.add(first.literal.text)
}

function stringsOf(node: ts.Node): string[] {
  if (ts.isStringLiteral(node)) return [node.text]
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(stringsOf)
  if (ts.isConditionalExpression(node)) return [...stringsOf(node.whenTrue), ...stringsOf(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return stringsOf(node.expression)
  return []
}

function hardCodedText(node: ts.Node): string | null {
  if (ts.isJsxText(node)) return wordsIn(node.text)
  if (ts.isJsxExpression(node)) return textOfExpression(node)
  if (ts.isJsxAttribute(node)) return isVisible(node.name) ? textOfString(node.initializer) : null
  if (!ts.isPropertyAssignment(node) || isStyling(node) || !isVisible(node.name)) return null
  return textOfString(node.initializer)
}

function textOfExpression(node: ts.JsxExpression): string | null {
  const isHidden = ts.isJsxAttribute(node.parent) && !isVisible(node.parent.name)
  return isHidden ? null : textOfString(node.expression)
}

function isVisible(name: ts.Node): boolean {
  return visibleNames.has(name.getText())
}

function textOfString(node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteral(node) ? sentenceIn(node.text) : null
}

function wordsIn(text: string): string | null {
  const trimmed = text.trim()
  return /\p{L}{2,}/u.test(trimmed) && !names.has(trimmed) ? trimmed : null
}

/** A property of an object that holds class names or styles, where `description` is a part of a widget. */
function isStyling(node: ts.PropertyAssignment): boolean {
  const holder = node.parent.parent
  return ts.isPropertyAssignment(holder) && /^(classNames?|style)$/.test(holder.name.getText())
}

/** A string for people rather than a key or a code word: it has a space, or begins with a capital letter. */
function sentenceIn(text: string): string | null {
  const reads = wordsIn(text)
  if (!reads || (keyShape.test(reads) && !/^\p{Lu}/u.test(reads))) return null
  return reads
}
