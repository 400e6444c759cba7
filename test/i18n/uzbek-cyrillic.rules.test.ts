// Uzbek in Cyrillic letters says what Uzbek in Latin letters says.
import { expect, test } from '@jest/globals';
import { inCyrillic } from '../../src/i18n/uzbek-cyrillic.ts';

test.each([
  ['Oʻz-oʻzini baholash', 'Ўз-ўзини баҳолаш'],
  ['Notoʻgʻri. Eʼlon qilingan taʼlim natijasi', 'Нотўғри. Эълон қилинган таълим натижаси'],
  ['Yoʻnalish, yozish, yechim, ekan, poema', 'Йўналиш, ёзиш, ечим, экан, поэма'],
  ['Shu chiziq uchun', 'Шу чизиқ учун'],
  ['Maslahat: qaytsangiz, konsultatsiya bor', 'Маслаҳат: қайтсангиз, консультация бор'],
  ['Modul, modulning paroli, parol, 5 dekabr', 'Модуль, модулнинг пароли, пароль, 5 декабрь'],
  ['Obyektlar kompyuterda, 2 ta film', 'Объектлар компьютерда, 2 та фильм'],
  ['JN va ON, Σ YN, 10 MB', 'ЖН ва ОН, Σ ЯН, 10 МБ'],
  ['F.I.Sh. yoki ID', 'Ф.И.Ш. ёки ID'],
])('%s is spelled %s', (latin, cyrillic) => {
  expect(inCyrillic(latin)).toBe(cyrillic);
});

test.each([
  ['LMSda, Moodleda, Excelning', 'LMSда, Moodleда, Excelнинг'],
  ['“Add LTI Advantage” tugmasi', '“Add LTI Advantage” тугмаси'],
  ['{{count}} ta savol {{name}}da', '{{count}} та савол {{name}}да'],
  ['https://lms.example.uz yoki /admin manzilida', 'https://lms.example.uz ёки /admin манзилида'],
  ['Matnni <![CDATA[ ]]> ichiga, &lt; yozing', 'Матнни <![CDATA[ ]]> ичига, &lt; ёзинг'],
  ['.docx sifatida, imsmanifest.xml', '.docx сифатида, imsmanifest.xml'],
  ['A, B yoki C; U qoldi. x^2', 'A, B ёки C; У қолди. x^2'],
  ['ALLOWED_PRIVATE_HOSTS orqali', 'ALLOWED_PRIVATE_HOSTS орқали'],
])('what others call it keeps its letters: %s', (latin, cyrillic) => {
  expect(inCyrillic(latin)).toBe(cyrillic);
});
