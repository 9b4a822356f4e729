// The page that the browser tests show, bundled once before them: two of them begin at the same moment, and each would
// make it for itself.
import { buildPage } from '../preview/build-page.ts';

await buildPage(process.cwd(), console.log);
