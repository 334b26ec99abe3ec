/** Asks the browser for a passkey before its form is sent. Browsers that cannot do it never show the form. */
class PassKey extends HTMLElement {
  connectedCallback() {
    const { PublicKeyCredential: passkeys } = window;
    if (!passkeys?.parseCreationOptionsFromJSON || !passkeys.parseRequestOptionsFromJSON) {
      return;
    }
    this.hidden = false;
    this.addEventListener('submit', async (event) => {
      const form = event.target;
      if (form.elements.credential.value === '') {
        event.preventDefault();
        await this.ask(form);
      }
    });
  }

  async ask(form) {
    const failed = form.querySelector('[role="alert"]');
    const button = form.querySelector('button');
    failed.hidden = true;
    button.disabled = true;
    try {
      const credential = await this.credential();
      if (credential !== null) {
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
        return;
      }
    } catch {
      failed.hidden = false;
    }
    button.disabled = false;
  }

  /** Null when another page is to be shown instead. */
  async credential() {
    const { does, options } = this.dataset;
    const answer = await fetch(options, { method: 'POST', headers: { 'hx-request': 'true' } });
    const elsewhere = answer.headers.get('hx-redirect');
    if (elsewhere !== null) {
      location.assign(elsewhere);
      return null;
    }
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    const asked = await answer.json();
    return does === 'create'
      ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
  }
}

customElements.define('pass-key', PassKey);

// A page that comes back from the browser's memory has the old answer in its form.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) {
    for (const { form } of document.querySelectorAll('pass-key [name="credential"]')) {
      form.elements.credential.value = '';
      form.querySelector('button').disabled = false;
    }
  }
});
