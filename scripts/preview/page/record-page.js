// Puts the package's components where the shipped page has them, and shows what they ask of the page.
import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import components from 'preview:components';

const { recordId, objectApiName } = globalThis.pilotPreview;

for (const place of document.querySelectorAll('[data-component]')) {
  const name = place.dataset.component;
  const element = createElement(
    name.replace(':', '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    {
      is: components[name],
    },
  );
  Object.assign(element, JSON.parse(place.dataset.properties), { recordId, objectApiName });
  place.append(element);
}

const notices = document.getElementById('notices');
const notice = (text) => {
  const line = document.createElement('p');
  line.className = 'slds-notify slds-notify_toast slds-theme_info';
  line.textContent = text;
  notices.append(line);
  setTimeout(() => line.remove(), 8000);
};
window.addEventListener('lightning__showtoast', ({ detail }) =>
  notice([detail.title, detail.message].filter(Boolean).join(': ')),
);
window.addEventListener('preview:elsewhere', ({ detail }) =>
  notice(`In Salesforce this opens ${detail.type}.`),
);
