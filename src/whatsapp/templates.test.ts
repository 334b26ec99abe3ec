import { describe, expect, test } from 'bun:test';
import { openTestLog } from '#src/testing/log.ts';
import { createWhatsApp } from './client.ts';
import { hydrate, readDefinition } from './template-definition.ts';

const definition = (...components: unknown[]) => readDefinition(JSON.stringify(components));

describe('what a template leaves open', () => {
  test('counted variables come in the order of their numbers, with their samples', () => {
    const { body } = definition({
      type: 'BODY',
      text: '{{2}} for {{ 1 }}, again {{2}}',
      example: { body_text: [['Ada', 'Bricks']] },
    });
    expect(body.variables).toEqual([
      { name: '1', sample: 'Ada' },
      { name: '2', sample: 'Bricks' },
    ]);
    expect(hydrate(body.text, (name) => `<${name}>`)).toBe('<2> for <1>, again <2>');
  });

  test('named ones come as they stand', () => {
    const example = { body_text_named_params: [{ param_name: 'b', example: 'B' }] };
    const { body } = definition({ type: 'BODY', text: '{{b}} {{a}}', example });
    expect(body.variables).toEqual([
      { name: 'b', sample: 'B' },
      { name: 'a', sample: '' },
    ]);
  });

  test('of a link only its end is open, and its sample is that end', () => {
    const button = {
      type: 'URL',
      text: 'See',
      url: 'https://a.example/{{1}}',
      example: ['https://a.example/x'],
    };
    expect(definition({ type: 'BUTTONS', buttons: [button] }).buttons).toEqual([
      { kind: 'url', text: 'See', url: 'https://a.example/', variable: { name: '1', sample: 'x' } },
    ]);
  });

  test('a link of Meta’s own for codes is a button for a code', () => {
    const url = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}';
    const { buttons } = definition({ type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Copy', url }] });
    expect(buttons).toEqual([{ kind: 'otp', text: 'Copy', url: null, variable: null }]);
  });

  test('what is not known is named, so that it is not sent without it', () => {
    const { unknown } = definition(
      { type: 'HEADER', format: 'GIF' },
      { type: 'BODY', text: 'Hello' },
      { type: 'BUTTONS', buttons: [{ type: 'CATALOG', text: 'View' }] },
      { type: 'HOLOGRAM' },
    );
    expect(unknown).toEqual(['HEADER GIF', 'BUTTON CATALOG', 'HOLOGRAM']);
  });

  test.each([
    '',
    'null',
    '[null, 7, {"type": 5}]',
    '{"type":"BODY","text":{}}',
    '[{"type":"BUTTONS","buttons":"x"}]',
  ])('%j harms nobody', (json) => {
    expect(() => readDefinition(json)).not.toThrow();
  });
});

describe('the list', () => {
  async function listFrom(...pages: unknown[]) {
    const asked: string[] = [];
    const server = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch(request) {
        asked.push(new URL(request.url).searchParams.get('after') ?? '');
        return Response.json(pages[asked.length - 1] ?? pages.at(-1));
      },
    });
    const graphUrl = server.url.origin;
    const whatsapp = createWhatsApp({ graphUrl, graphVersion: 'v25.0', log: openTestLog() });
    const list = await whatsapp.listTemplates('1', 'token-of-the-shop');
    await server.stop(true);
    return { list, asked };
  }
  const one = { id: 12, name: 'a', language: 'en-US', status: 'approved', components: null };
  const page = (after: string, next = 'https://elsewhere.example/') => ({
    data: [one],
    paging: { cursors: { after }, next },
  });

  test('follows cursors and no addresses, and what lacks a name is left out', async () => {
    const last = { data: [{ id: '13' }, null, { ...one, id: '14' }] };
    const { list, asked } = await listFrom(page('x'), last);
    expect(asked).toEqual(['', 'x']);
    expect(list).toMatchObject({
      ok: true,
      templates: [
        { id: '12', language: 'en_US', status: 'APPROVED', components: '[]', parameterFormat: 'POSITIONAL' },
        { id: '14' },
      ],
    });
  });

  test('a list that turns in a circle is no list', async () => {
    const { list, asked } = await listFrom(page('x'));
    expect(list.ok).toBe(false);
    expect(asked).toEqual(['', 'x']);
  });

  test('half a list is none', async () => {
    const { list } = await listFrom(page('x'), { error: { code: 190, message: 'Expired' } });
    expect(list).toMatchObject({ ok: false, problem: { kind: 'refused', error: { code: 190 } } });
  });
});
