// Runs before all other modules, as a file of its own: the page's settings, and the org's clock where it differs from the machine's.
globalThis.pilotPreview = JSON.parse(document.getElementById('preview-settings').textContent);

const { clockOffsetMs } = globalThis.pilotPreview;
if (clockOffsetMs !== 0) {
  const MachineDate = Date;
  globalThis.Date = class extends MachineDate {
    constructor(...parts) {
      if (parts.length === 0) super(MachineDate.now() + clockOffsetMs);
      else super(...parts);
    }
    static now() {
      return MachineDate.now() + clockOffsetMs;
    }
  };
}
