# What normalize-thai does to the text of a report, for perl -Mutf8 -CSD -p.
tr/๐-๙/0-9/;
s/[\x{200B}-\x{200D}\x{2060}\x{FEFF}]//g;
tr/\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}/ /;
s/\x{0E40}\x{0E40}/\x{0E41}/g;
s/([^ฤฦ]|^)\x{0E45}/$1\x{0E32}/g;
s/\x{0E4D}([\x{0E48}-\x{0E4B}]?)\x{0E32}/$1\x{0E33}/g;
s/([\x{0E30}\x{0E32}\x{0E33}\x{0E45}])([\x{0E48}-\x{0E4B}])/$2$1/g;
s/([\x{0E48}-\x{0E4C}])([\x{0E31}\x{0E34}-\x{0E3A}\x{0E47}\x{0E4D}\x{0E4E}])/$2$1/g;
s/([\x{0E30}-\x{0E3A}\x{0E45}\x{0E47}\x{0E4C}-\x{0E4E}])\1+/$1/g;
s/[\x{0E48}-\x{0E4B}]+([\x{0E48}-\x{0E4B}])/$1/g;
