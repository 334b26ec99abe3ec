/** A JSON value as raw bytes, since some of these no encoder would write. */
export type Hostile = {
  name: string;
  json: Buffer;
  /** The same as bytes of a form or an address: of a string what stands between its quotes. */
  raw: Buffer;
  /** What is left of it as text of ours: well-formed, without NUL. Null when it is no string. */
  text: string | null;
};

const escaped = (name: string, json: string): Hostile => {
  const given: unknown = JSON.parse(json);
  const text = typeof given === 'string' ? given.toWellFormed().replaceAll('\0', '') : null;
  return { name, json: Buffer.from(json), raw: Buffer.from(String(given)), text };
};
/** Any text, as a JSON encoder writes it. */
export const text = (name: string, value: string): Hostile => escaped(name, JSON.stringify(value));
/** Any JSON that is no text. */
export const value = (name: string, json: string): Hostile => ({
  name,
  json: Buffer.from(json),
  raw: Buffer.from(json),
  text: null,
});
/** Bytes that are no UTF-8: the standard says where U+FFFD stands for them. */
const bytes = (name: string, hex: string): Hostile => {
  const raw = Buffer.from(`61${hex.replaceAll(' ', '')}62`, 'hex');
  const json = Buffer.concat([Buffer.from('"'), raw, Buffer.from('"')]);
  return { name, json, raw, text: new TextDecoder().decode(raw) };
};

/** The element and the attribute that no page of ours has: where one is found, text has become markup. */
export const FOREIGN_ELEMENT = 'hostile-element';
export const FOREIGN_ATTRIBUTE = 'data-hostile';

export const hostileTexts: readonly Hostile[] = [
  escaped('a lone high surrogate', '"half \\ud800 a pair"'),
  escaped('a lone low surrogate', '"\\udc00"'),
  escaped('surrogates in the wrong order', '"\\udc00\\ud800"'),
  escaped('a surrogate at the end', '"cut \\ud83d"'),
  escaped('NUL, escaped', '"before\\u0000after"'),
  escaped('nothing but NUL', '"\\u0000"'),
  escaped('non-characters', '"\\ufffe\\uffff\\ufdd0"'),
  escaped('control characters', '"\\u0001\\u001b[2J\\u007f\\u0085\\u2028\\u2029\\r\\n\\t"'),
  bytes('a surrogate as UTF-8', 'ED A0 80'),
  bytes('a lone continuation byte', '80'),
  bytes('an overlong slash', 'C0 AF'),
  bytes('a character that is cut off', 'F0 9F 98'),
  bytes('beyond Unicode', 'F5 80 80 80'),
  bytes('Latin-1', 'E9 E8 FF'),
  text('right to left', '\u202efdp.exe\u202c \u2066\u2067\u2068 \u200f\u200e\u061c'),
  text('zero width', '\u200b\u200c\u200d\u2060\ufeff'),
  text('nothing to see', '   \u00a0\u3000 '),
  text('empty', ''),
  text('a family, and flags', '👩‍👩‍👧‍👦🏴󠁧󠁢󠁷󠁬󠁳󠁿🇿🇼👋🏿'),
  text('a flood of marks', `a${'\u0301\u0489\u0300'.repeat(700)}`),
  text('a long word', 'W'.repeat(6_000)),
  text('many lines', '\n'.repeat(3_000)),
  text('a script', `<script>window.hostile = 1</script><${FOREIGN_ELEMENT}></${FOREIGN_ELEMENT}>`),
  text('an image that fails', `<img src=x onerror="window.hostile = 1" ${FOREIGN_ATTRIBUTE}>`),
  text(
    'out of an attribute',
    `" autofocus onfocus="window.hostile = 1" ${FOREIGN_ATTRIBUTE}="' ${FOREIGN_ATTRIBUTE}='`,
  ),
  text('out of a push', `</hx-partial><hx-partial hx-target="body" hx-swap="innerHTML"><${FOREIGN_ELEMENT}>`),
  text(
    'attributes of htmx',
    `<div hx-get="/logout" hx-trigger="load" hx-on:load="window.hostile = 1" ${FOREIGN_ATTRIBUTE}>`,
  ),
  text('out of a textarea', `</textarea></title></style></template><${FOREIGN_ELEMENT}>`),
  text('a comment and CDATA', `--><!--<![CDATA[ ]]><?xml?><svg onload=1><${FOREIGN_ELEMENT}>`),
  text('half an entity', '&lt;&#x3c;&#60;script&gt;&amp;amp;&'),
  text(
    'an address that runs',
    'javascript:window.hostile=1 data:text/html,<script>1</script> https://a.example/"><x',
  ),
  text('SQL', `'; drop table messages; -- " or 1=1 /* \\' ; pragma key`),
  text('search syntax', '"NEAR(a b, 2) OR * : ^ - {a b} col:x AND NOT"'),
  text('a template', '#{1+1} <%= 1 %> {{constructor.constructor("return process")()}} #{7*7} %s %n %00'),
  text('a path', '../../../../etc/passwd\\..\\..\\windows\\system32'),
  text('a header', 'a\r\nSet-Cookie: hostile=1\r\n\r\n<html>'),
  text('a formula', '=HYPERLINK("http://a.example";"x")+1-1@SUM(1)'),
  text('a name of JavaScript’s', '__proto__'),
  text('another one', 'constructor'),
  text('digits and more', '00123456789012345678901234567890e400'),
  text('our own words', 'unsupported'),
  text('JSON', '{"messages":[{"id":"wamid.forged","from":"1"}]}'),
];

const deep = (open: string, close: string, depth = 1_000) => `${open.repeat(depth)}1${close.repeat(depth)}`;

export const hostileValues: readonly Hostile[] = [
  value('null', 'null'),
  value('true', 'true'),
  value('false', 'false'),
  value('a number', '7'),
  value('a negative one', '-1'),
  value('minus nothing', '-0'),
  value('17 digits', '12345678901234567'),
  value('400 digits', '9'.repeat(400)),
  value('beyond a number', '1e400'),
  value('a tiny one', '-1.5e-400'),
  value('far in the future', '99999999999'),
  value('an empty list', '[]'),
  value('a list of everything', '[null,1,"a",[],{},true,{"id":"x","body":"y"}]'),
  value('an empty object', '{}'),
  value(
    'an object with names of JavaScript’s',
    '{"__proto__":{"a":1},"constructor":{"prototype":{}},"toString":1,"length":-1}',
  ),
  value('the same key twice', '{"body":"one","body":"two","id":"a","id":"b"}'),
  value('deep lists', deep('[', ']')),
  value('deep objects', deep('{"a":', '}')),
];

/** A megabyte of something that takes three bytes a character. */
export const megabyte: Hostile = text('a megabyte', '\u20ac'.repeat(349_525));
