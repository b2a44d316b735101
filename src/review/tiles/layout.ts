/** Where one area stands in a grid of tiles: its code of the Local Government Directory, column, row. */
export type TilePlace = readonly [lgdCode: string, column: number, row: number];

/**
 * Each area is one square, near its neighbours on the ground; no border is drawn and no map was copied. The
 * districts were laid out by ourselves from where their headquarters lie, so that the sum of the squares' distances from
 * there is small, and two of them were moved by hand.
 */
export const districtTiles: readonly TilePlace[] = [
  ['177', 0, 0], // Saharanpur
  ['172', 1, 0], // Muzaffarnagar
  ['132', 2, 0], // Bijnor
  ['660', 0, 1], // Shamli
  ['169', 1, 1], // Meerut
  ['154', 2, 1], // Amroha
  ['171', 3, 1], // Moradabad
  ['124', 0, 2], // Baghpat
  ['661', 1, 2], // Hapur
  ['659', 2, 2], // Sambhal
  ['176', 3, 2], // Rampur
  ['173', 4, 2], // Pilibhit
  ['145', 0, 3], // Ghaziabad
  ['134', 1, 3], // Bulandshahr
  ['119', 2, 3], // Aligarh
  ['133', 3, 3], // Budaun
  ['130', 4, 3], // Bareilly
  ['180', 5, 3], // Shahjahanpur
  ['159', 6, 3], // Lakhimpur Kheri
  ['125', 7, 3], // Bahraich
  ['181', 8, 3], // Shravasti
  ['144', 0, 4], // Gautam Buddha Nagar
  ['163', 1, 4], // Hathras
  ['633', 2, 4], // Kasganj
  ['138', 3, 4], // Etah
  ['141', 4, 4], // Farrukhabad
  ['150', 5, 4], // Hardoi
  ['183', 6, 4], // Sitapur
  ['147', 7, 4], // Gonda
  ['127', 8, 4], // Balrampur
  ['182', 9, 4], // Siddharthnagar
  ['164', 10, 4], // Maharajganj
  ['167', 0, 5], // Mathura
  ['118', 1, 5], // Agra
  ['143', 2, 5], // Firozabad
  ['166', 3, 5], // Mainpuri
  ['155', 4, 5], // Kannauj
  ['186', 5, 5], // Unnao
  ['162', 6, 5], // Lucknow
  ['129', 7, 5], // Barabanki
  ['140', 8, 5], // Ayodhya
  ['131', 9, 5], // Basti
  ['178', 10, 5], // Sant Kabir Nagar
  ['160', 11, 5], // Kushinagar
  ['139', 2, 6], // Etawah
  ['122', 3, 6], // Auraiya
  ['156', 4, 6], // Kanpur Dehat
  ['157', 5, 6], // Kanpur Nagar
  ['175', 6, 6], // Rae Bareli
  ['640', 7, 6], // Amethi
  ['185', 8, 6], // Sultanpur
  ['121', 9, 6], // Ambedkar Nagar
  ['148', 10, 6], // Gorakhpur
  ['137', 11, 6], // Deoria
  ['151', 3, 7], // Jalaun
  ['149', 4, 7], // Hamirpur
  ['142', 5, 7], // Fatehpur
  ['158', 6, 7], // Kaushambi
  ['174', 7, 7], // Pratapgarh
  ['152', 8, 7], // Jaunpur
  ['123', 9, 7], // Azamgarh
  ['168', 10, 7], // Mau
  ['126', 11, 7], // Ballia
  ['153', 3, 8], // Jhansi
  ['165', 4, 8], // Mahoba
  ['128', 5, 8], // Banda
  ['136', 6, 8], // Chitrakoot
  ['120', 7, 8], // Prayagraj
  ['179', 8, 8], // Bhadohi
  ['187', 9, 8], // Varanasi
  ['135', 10, 8], // Chandauli
  ['146', 11, 8], // Ghazipur
  ['161', 3, 9], // Lalitpur
  ['170', 8, 9], // Mirzapur
  ['184', 9, 9], // Sonbhadra
];

/** India's states and union territories, laid out by hand. */
export const stateTiles: readonly TilePlace[] = [
  ['1', 2, 0], // Jammu and Kashmir
  ['37', 3, 0], // Ladakh
  ['3', 2, 1], // Punjab
  ['2', 3, 1], // Himachal Pradesh
  ['6', 2, 2], // Haryana
  ['4', 3, 2], // Chandigarh
  ['5', 4, 2], // Uttarakhand
  ['12', 8, 2], // Arunachal Pradesh
  ['8', 1, 3], // Rajasthan
  ['7', 2, 3], // Delhi
  ['9', 3, 3], // Uttar Pradesh
  ['10', 4, 3], // Bihar
  ['11', 5, 3], // Sikkim
  ['18', 7, 3], // Assam
  ['13', 8, 3], // Nagaland
  ['24', 1, 4], // Gujarat
  ['23', 2, 4], // Madhya Pradesh
  ['22', 3, 4], // Chhattisgarh
  ['20', 4, 4], // Jharkhand
  ['19', 5, 4], // West Bengal
  ['17', 7, 4], // Meghalaya
  ['14', 8, 4], // Manipur
  ['38', 1, 5], // Dadra and Nagar Haveli and Daman and Diu
  ['27', 2, 5], // Maharashtra
  ['36', 3, 5], // Telangana
  ['21', 4, 5], // Odisha
  ['16', 7, 5], // Tripura
  ['15', 8, 5], // Mizoram
  ['30', 1, 6], // Goa
  ['29', 2, 6], // Karnataka
  ['28', 3, 6], // Andhra Pradesh
  ['31', 0, 7], // Lakshadweep
  ['32', 2, 7], // Kerala
  ['33', 3, 7], // Tamil Nadu
  ['34', 4, 7], // Puducherry
  ['35', 6, 7], // Andaman and Nicobar Islands
];
