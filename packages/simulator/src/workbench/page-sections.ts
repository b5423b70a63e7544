import { refusalReasonCodes } from '@siar/domain'
import type { GivenPerson, NetworkCounts, OpenRule, SenderView } from '../control.ts'
import type { Frame } from '../frame-record.ts'
import type { Person } from '../person.ts'
import { html } from './html.ts'
import type { Html } from './html.ts'
import type { StandIn } from './stand-in.ts'

const labels: Readonly<Record<keyof NetworkCounts, string>> = {
  senders: 'Senders known',
  online: 'Senders online',
  frames: 'Frames received',
  shown: 'Shown to people',
  repeated: 'Repeated ids',
  staleSends: 'Through replaced sessions',
  replacedSessions: 'Sessions replaced',
  delivered: 'Delivered',
  read: 'Read',
  replies: 'Replies',
  optOuts: 'Opt-outs',
  blocks: 'Blocks',
  typing: 'Typing shown',
  markedRead: 'Marked as read',
}

export function figures(counts: NetworkCounts): Html {
  const cells = Object.entries(labels).map(
    ([name, label]) =>
      html`<div>
        <dt>${label}</dt>
        <dd>${counts[name as keyof NetworkCounts]}</dd>
      </div>`,
  )
  return html`<section aria-labelledby="figures">
    <h2 id="figures">So far</h2>
    <dl class="figures">${cells}</dl>
  </section>`
}

function facts(access: Readonly<Record<string, string>>): Html {
  const pairs = Object.entries(access).map(
    ([name, value]) =>
      html`<dt>${name}</dt>
        <dd><code>${value}</code></dd>`,
  )
  return html`<dl class="facts">${pairs}</dl>`
}

export function servers(url: string, standIns: readonly StandIn[]): Html {
  const others = standIns.map(
    ({ title, url: address, access }) =>
      html`<li>
        <h3>${title}</h3>
        <p><code>${address}</code></p>
        ${facts(access)}
      </li>`,
  )
  return html`<section aria-labelledby="servers">
    <h2 id="servers">Servers</h2>
    <ul class="list">
      <li>
        <h3>Control, and Siar’s own simulator channel</h3>
        <p><code>${url}</code></p>
      </li>
      ${others}
    </ul>
  </section>`
}

function stateOf(sender: SenderView): Html {
  if (sender.isBanned) return html`<span class="badge bad">banned</span>`
  const kind = sender.state === 'online' ? 'good' : 'warn'
  const restricted = sender.isRestricted && html` <span class="badge warn">restricted</span>`
  return html`<span class="badge ${kind}">${sender.state}</span>${restricted}`
}

function button(action: string, senderId: string, label: string, look = ''): Html {
  return html`<form method="post" action="/page/${action}">
    <input type="hidden" name="senderId" value="${senderId}" /><button class="${look}">${label}</button>
  </form>`
}

function senderItem(sender: SenderView): Html {
  const { senderId, kind, phone, qr, typedCode, isBanned, isRestricted } = sender
  return html`<li>
    <div class="head">
      <strong><code>${senderId}</code></strong
      >${stateOf(sender)}<span class="muted">${kind}${phone === null ? '' : ` · ${phone}`}</span>
    </div>
    ${qr === null ? '' : html`<p class="muted">QR: <code>${qr}</code></p>`}${typedCode === null ? '' : html`<p class="muted">Code to type: <code>${typedCode}</code></p>`}
    <div class="actions" role="group" aria-label="${senderId}">
      ${qr !== null && button('scan-shown', senderId, 'Scan QR', 'primary')}${typedCode !== null && button('enter-shown', senderId, 'Type the code', 'primary')}
      ${button('break', senderId, 'Break for 5 s')}${button('offline', senderId, 'Take offline')}${button('come-back', senderId, 'Let come back')}
      ${isBanned || isRestricted ? button('pardon', senderId, 'Pardon') : button('restrict', senderId, 'Restrict')}
      ${button('log-out', senderId, 'Log out', 'danger')}${!isBanned && button('ban', senderId, 'Ban', 'danger')}
    </div>
  </li>`
}

export function senders(all: readonly SenderView[], shown: readonly SenderView[]): Html {
  const more = all.length - shown.length
  return html`<section aria-labelledby="senders">
    <h2 id="senders">Senders</h2>
    ${all.length === 0 ? html`<p class="muted">None came by yet. A sender appears when a client connects.</p>` : ''}
    <ul class="list">
      ${shown.map(senderItem)}
    </ul>
    ${more > 0 ? html`<p class="muted">${more} more: see <a href="/senders">all as JSON</a>.</p>` : ''}
  </section>`
}

function senderField(all: readonly SenderView[], required: boolean): Html {
  const [only] = all.length === 1 ? all : []
  return html`<label
    >Sender${required ? '' : ' (any when empty)'}<input
      name="senderId"
      list="sender-names"
      ${required ? 'required' : ''}
      value="${required ? (only?.senderId ?? '') : ''}"
  /></label>`
}

export function senderNames(shown: readonly SenderView[]): Html {
  return html`<datalist id="sender-names">
    ${shown.map(({ senderId }) => html`<option value="${senderId}"></option>`)}
  </datalist>`
}

export function writing(all: readonly SenderView[]): Html {
  return html`<section aria-labelledby="writing">
    <h2 id="writing">Write as a person</h2>
    <form method="post" action="/page/write">
      ${senderField(all, true)}
      <label>Number of the person<input name="from" required value="+6281200000001" inputmode="tel" /></label>
      <label>Text<textarea name="text" maxlength="4000">Halo, masih ada?</textarea></label>
      <label
        >With it<select name="with">
          <option value="">nothing</option>
          <option value="image">a picture</option>
          <option value="document">a document</option>
          <option value="audio">a voice note</option>
        </select></label
      >
      <label>Pressed button: its id (the text is its title)<input name="buttonId" maxlength="200" /></label>
      <button class="primary">Write</button>
    </form>
  </section>`
}

export function scanning(): Html {
  return html`<section aria-labelledby="scanning">
    <h2 id="scanning">Scan a code</h2>
    <p class="muted">For a client that draws its QR code by itself: paste the code’s text.</p>
    <form method="post" action="/page/scan">
      <label>Text of the code<textarea name="data" required></textarea></label>
      <label>Number of the phone<input name="phone" inputmode="tel" placeholder="+6289599990001" /></label>
      <label>Name of the sender in the records<input name="senderId" /></label
      ><button class="primary">Scan</button>
    </form>
  </section>`
}

function traits(person: Partial<Person>): string {
  return Object.entries(person)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

export function people(
  given: readonly GivenPerson[],
  asked: { number: string; person: Person } | null,
): Html {
  const rows = given
    .slice(-50)
    .reverse()
    .map(
      ({ number, traits: told }) =>
        html`<tr>
          <td><code>${number}</code></td>
          <td>${traits(told)}</td>
        </tr>`,
    )
  return html`<section aria-labelledby="people">
    <h2 id="people">People</h2>
    <p class="muted">Everybody behaves by a hash of their number. Say here who is to behave otherwise.</p>
    <form method="post" action="/page/person">
      <label
        >Number<input
          name="number"
          required
          inputmode="tel"
          value="${asked?.number ?? ''}"
          placeholder="+6281200000001"
      /></label>
      <label
        >On WhatsApp<select name="onWhatsApp">
          <option value="">as it is</option>
          <option value="true">yes</option>
          <option value="false">no</option>
        </select></label
      >
      <label
        >Habit<select name="habit">
          <option value="">as it is</option>
          <option value="none">only reads</option>
          <option value="replies">replies</option>
          <option value="opts_out">opts out</option>
          <option value="blocks">blocks</option>
        </select></label
      >
      <label
        >Reading<select name="reading">
          <option value="">as it is</option>
          <option value="soon">soon</option>
          <option value="late">late</option>
          <option value="never">never</option>
        </select></label
      >
      <div class="actions">
        <button class="primary">Tell</button><button formmethod="get" formaction="/">Look up</button>
      </div>
    </form>
    ${asked === null ? '' : html`<p role="status"><code>${asked.number}</code>: ${traits(asked.person)}</p>`}
    ${
      rows.length === 0
        ? ''
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Told</th>
                  <th scope="col">Behaviour</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}

function endText({ rule }: OpenRule): string {
  const { kind } = rule.end
  if (kind === 'refused' || kind === 'refused_late') return `${kind} (${rule.end.reason})`
  return kind === 'unknown' || kind === 'hangs' ? `${kind}, ${rule.end.shown ? 'shown' : 'not shown'}` : kind
}

export function failures(all: readonly SenderView[], rules: readonly OpenRule[]): Html {
  const rows = rules.slice(-50).map(
    (open) =>
      html`<tr>
        <td><code>${open.rule.senderId ?? 'any'}</code></td>
        <td><code>${open.rule.to ?? 'anybody'}</code></td>
        <td>${endText(open)}</td>
        <td>${open.left ?? 'all'}</td>
      </tr>`,
  )
  const reasons = refusalReasonCodes.map((code) => html`<option>${code}</option>`)
  return html`<section aria-labelledby="failures">
    <h2 id="failures">Failures</h2>
    <form method="post" action="/page/rule">
      ${senderField(all, false)}<label>Person (anybody when empty)<input name="to" inputmode="tel" /></label>
      <label>Calls it holds for (all when empty)<input name="count" type="number" min="1" value="1" /></label>
      <label
        >How they end<select name="end">
          <option value="refused">refused</option>
          <option value="refused_late">taken, refused later</option>
          <option value="not_sent">not connected</option>
          <option value="unknown_shown">answer lost, shown</option>
          <option value="unknown_lost">answer lost, not shown</option>
          <option value="hangs">never answered</option>
        </select></label
      >
      <label
        >Reason of a refusal<select name="reason">
          ${reasons}
        </select></label
      ><button class="primary">Add</button>
    </form>
    ${
      rows.length === 0
        ? html`<p class="muted" role="status">No failure is planned.</p>`
        : html`<div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Sender</th>
                    <th scope="col">Person</th>
                    <th scope="col">End</th>
                    <th scope="col">Left</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows}
                </tbody>
              </table>
            </div>
            <form method="post" action="/page/clear-rules"><button>Clear all</button></form>`
    }
  </section>`
}

export function frames(found: readonly Frame[], word: string, limit: number): Html {
  const rows = found.map(
    ({ at, senderId, to, messageId, shown }) =>
      html`<tr>
        <td><time datetime="${at}">${at.slice(11, 23)}</time></td>
        <td><code>${senderId}</code></td>
        <td><code>${to}</code></td>
        <td><span class="badge ${shown ? 'good' : 'warn'}">${shown ? 'shown' : 'not shown'}</span></td>
        <td><code>${messageId}</code></td>
      </tr>`,
  )
  return html`<section aria-labelledby="frames">
    <h2 id="frames">Frames, newest first</h2>
    <form class="row" method="get" action="/">
      <label>Sender, person or message id<input name="frames" value="${word}" /></label
      ><button>Filter</button>
    </form>
    ${
      rows.length === 0
        ? html`<p class="muted" role="status">Nothing ${word === '' ? 'came yet' : 'fits'}.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Table of frames">
            <table>
              <thead>
                <tr>
                  <th scope="col">Time (UTC)</th>
                  <th scope="col">Sender</th>
                  <th scope="col">To</th>
                  <th scope="col">Person</th>
                  <th scope="col">Message</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
    ${rows.length >= limit ? html`<p class="muted">The newest ${limit}. All: <a href="/frames?limit=10000">as JSON</a>.</p>` : ''}
  </section>`
}
