/** What Elysia makes a place in a list of, up to the number that stands in it: `a[9]` is a list of ten. */
const OF_A_LIST = /\[/;

/**
 * Lets a form's body be read only if no field has such a name. None of ours has, and one with a large number would have
 * the memory filled by a few bytes. To be called when the body may be read, before anybody reads it.
 */
export function refuseListsInForms(request: Request): void {
  const type = request.headers.get('content-type');
  if (type === null || type.startsWith('application/json')) {
    return;
  }
  const read = request.formData.bind(request);
  Object.defineProperty(request, 'formData', {
    value: async () => {
      const form = await read();
      for (const name of form.keys()) {
        if (OF_A_LIST.test(name)) {
          throw new TypeError('a field of the form is named like a place in a list');
        }
      }
      return form;
    },
  });
}
