/** People who share a language: where they live, and what their parents call them. */
export interface Culture {
  locale: string;
  /** The role of their part of the world. */
  region: 'Europe' | 'Americas' | 'Asia-Pacific' | 'Africa & Middle East';
  /** How common among members. */
  weight: number;
  /** `Name`, or `Name=name` where the username is not the name without its accents. */
  names: readonly string[];
}

const culture = (locale: string, region: Culture['region'], weight: number, names: string): Culture => ({
  locale,
  region,
  weight,
  names: names.trim().split(/\s+/),
});

/** Given names only: no combination of them is anybody. */
export const cultures: readonly Culture[] = [
  culture(
    'en-US',
    'Americas',
    16,
    'Ashley Brandon Caleb Dana Elijah Faith Garrett Hailey Isaac Jordan Kayla Logan Mackenzie Noah Paige Quinn Reese Sierra Tyler Wyatt Zack Autumn Brooke Cody Delaney Emmett Trinity Malik Destiny Andre',
  ),
  culture(
    'en-GB',
    'Europe',
    9,
    'Alfie Bethan Callum Daisy Ewan Freya Gareth Harriet Imogen Jasper Kieran Lottie Magnus Niamh Oscar Poppy Rhys Saoirse Tamsin Umar Wilf Ffion Iona Rory Eilidh Nikesh',
  ),
  culture('en-US', 'Americas', 3, 'Étienne Maude Félix Océane Mathis Noémie Xavier Rosalie Jérémie Laurence'),
  culture(
    'fr',
    'Europe',
    7,
    'Anaïs Baptiste Clémence Dorian Éloïse Fabien Gaëlle Hippolyte Inès Jade Killian Loïc Maëlys Nolan Océane Pauline Quentin Rémi Solène Théo Ulysse Valentin Yann Zélie',
  ),
  culture(
    'de',
    'Europe',
    7,
    'Anneke Björn Carlotta Dirk Elif Finn Greta Henning Ida Jannik Katja Leonie Moritz Nele Ole Pia Rieke Sönke Till Ulrike Veit Wiebke Jürgen Mareike',
  ),
  culture(
    'es-ES',
    'Europe',
    5,
    'Aitana Borja Carmen Diego Elena Íker Jimena Lucía Marcos Nerea Óscar Pilar Rubén Sergio Xoán Begoña Núria Álvaro',
  ),
  culture(
    'es-419',
    'Americas',
    6,
    'Abril Benjamín Camila Emiliano Florencia Gael Itzel Joaquín Lautaro Mariana Nicolás Paloma Renata Santiago Ximena Martín Josefina Tomás Zoé',
  ),
  culture(
    'pt-BR',
    'Americas',
    6,
    'Beatriz Caio Débora Enzo Flávia Guilherme Heitor Isadora João Kauã Larissa Murilo Natália Otávio Priscila Raíssa Thiago Vitória Yasmin',
  ),
  culture(
    'it',
    'Europe',
    4,
    'Alessia Bruno Chiara Dario Elisa Federico Ginevra Ilaria Lorenzo Marta Niccolò Ottavia Pietro Serena Tommaso Viola',
  ),
  culture(
    'pl',
    'Europe',
    4,
    'Agnieszka Bartek Celina Dawid Ewa Filip Gosia Hubert Iga Jakub Kasia Łukasz=lukasz Magda Oliwia Paweł=pawel Szymon Wojtek Zosia',
  ),
  culture(
    'nl',
    'Europe',
    3,
    'Anouk Bram Daan Esmee Femke Gijs Hidde Joost Lieke Maartje Niels Pim Roos Sanne Teun Wouter',
  ),
  culture(
    'sv-SE',
    'Europe',
    3,
    'Agnes Axel Ebba Elsa Hjalmar Ingrid Linnéa Måns Nils Saga Sixten Tove Viggo Åsa Örjan=orjan',
  ),
  culture('da', 'Europe', 2, 'Asger Bo Freja Jeppe Karla Mads Rikke Signe Søren=soren Villads Øyvind=oyvind Astrid'),
  culture('fi', 'Europe', 2, 'Aino Eero Helmi Ilmari Jukka Kaisa Lauri Oona Pekka Sanni Tuomas Väinö'),
  culture('cs', 'Europe', 2, 'Adéla Bohdan Eliška Honza Jiří=jiri Klára Matěj Ondřej=ondrej Šárka Vojta Zdeněk'),
  culture('hu', 'Europe', 2, 'Ágnes Balázs Csilla Dániel Eszter Gergő=gergo Ildikó Levente Réka Zsófi'),
  culture('ro', 'Europe', 2, 'Andrei Bianca Cătălin Doina Ilinca Mihai Ruxandra Sorin Vlad Ștefan=stefan'),
  culture(
    'el',
    'Europe',
    2,
    'Δήμητρα=dimitra Γιάννης=giannis Ελένη=eleni Νίκος=nikos Σοφία=sofia Thanos Kalliope Stavros Ioanna',
  ),
  culture(
    'uk',
    'Europe',
    3,
    'Оксана=oksana Богдан=bohdan Тарас=taras Леся=lesia Andriy Daryna Mykola Solomiya Yaroslav',
  ),
  culture('bg', 'Europe', 1, 'Boyan Desislava Ivaylo Kalina Радост=radost Stoyan Yana'),
  culture('tr', 'Europe', 3, 'Aslı=asli Barış=baris Cem Defne Emre Gizem Kaan Nehir Onur Selin Tuğçe=tugce Umut'),
  culture('ru', 'Europe', 2, 'Алина=alina Дима=dima Ксюша=ksyusha Миша=misha Galya Ruslan Timur Zhenya'),
  culture(
    'ja',
    'Asia-Pacific',
    5,
    'さくら=sakura ひなた=hinata ゆうき=yuuki Aoi Daichi Emi Haruka Kenta Mio Nanami Ren Sora Takumi 結衣=yui 蓮=ren',
  ),
  culture('ko', 'Asia-Pacific', 4, '민준=minjun 서연=seoyeon 지호=jiho Haneul Jiwoo Minseo Taeyang Yuna 하은=haeun'),
  culture('zh-CN', 'Asia-Pacific', 3, '小雨=xiaoyu 子涵=zihan 阿明=aming Haoran Jiayi Meilin Ruoxi Yichen'),
  culture('zh-TW', 'Asia-Pacific', 2, '雅婷=yating 冠宇=guanyu Chiayi Peichen Yushan'),
  culture(
    'vi',
    'Asia-Pacific',
    3,
    'Anh Bảo=bao Diệp=diep Hương=huong Khôi Linh Minh Ngọc=ngoc Quỳnh=quynh Thảo=thao Trâm',
  ),
  culture('th', 'Asia-Pacific', 2, 'Anong Chai Kanya Niran Ploy Somchai Tida นิด=nid'),
  culture('id', 'Asia-Pacific', 4, 'Adi Bayu Citra Dewi Eka Fajar Gita Indah Joko Kirana Nadia Putri Rizky Wulan'),
  culture(
    'en-US',
    'Asia-Pacific',
    5,
    'Aarav Bhavna Chitra Devansh Esha Farhan Gauri Harsh Ishita Kabir Lavanya Meera Nikhil Pooja Rohan Sneha Tanvi Varun Zoya',
  ),
  culture('hi', 'Asia-Pacific', 1, 'आरव=aarav मीरा=meera कबीर=kabir नेहा=neha'),
  culture('en-GB', 'Asia-Pacific', 4, 'Bronte Darcy Jarrah Kirra Lachlan Matilda Tane Aroha Hemi Ngaire Wiremu Sione'),
  culture('en-US', 'Asia-Pacific', 3, 'Althea Bayani Dalisay Isko Jovelyn Luningning Makisig Nenita'),
  culture(
    'en-GB',
    'Africa & Middle East',
    4,
    'Abena Chidi Dayo Efua Femi Ifeoma Kwame Lindiwe Makena Naledi Obinna Sipho Temitope Wanjiru Yaa Zola',
  ),
  culture(
    'fr',
    'Africa & Middle East',
    3,
    'Aïcha Boubacar Djeneba Fatou Ibrahima Khady Mamadou Oumar Seynabou Awa Salif',
  ),
  culture(
    'en-GB',
    'Africa & Middle East',
    3,
    'يوسف=youssef ليلى=layla Amal Bilal Dina Hadi Karim Nour Rania Tariq Zeinab سلمى=salma',
  ),
  culture('en-US', 'Africa & Middle East', 1, 'Adi Noa Tomer Yael נועה=noa Gal'),
  culture('en-US', 'Africa & Middle East', 1, 'Arash Darya Kian Nasrin Shirin Parisa'),
  culture('lt', 'Europe', 1, 'Austėja Dovydas Gabija Jonas Rūta Žygimantas=zygimantas'),
  culture('hr', 'Europe', 1, 'Ana Domagoj Ivka Jelena Luka Mirna Vedran Željka=zeljka'),
];
